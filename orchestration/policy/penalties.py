"""What costs points in an assessment, and what brings some: complaints, errors, fraud, rewards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from orchestration.centre.codes import Cause
from orchestration.centre.settings import Setting
from orchestration.policy.known import Known
from orchestration.policy.values import Identifier, NotEmpty, Number, Points, PointsOrNone, each_once

Rounding = Literal["up", "down", "nearest", "none"]


class _Costs(Setting):
    quota_rounding: Rounding
    """How a quota that is no whole number is rounded; `none`: it stays a fraction."""
    points_each: Points
    """Points for each one above the quota."""
    cap: PointsOrNone
    """Points that they cost together at most, or `none`."""


class _Person(_Costs):
    quota: Annotated[int, Number, Field(ge=0, le=100_000)]
    """So many in a month cost a person nothing."""
    quota_for_part_month: Literal["full", "pro_rata"]
    """Who was employed for a part of the month has the `full` quota, or `pro_rata` by calendar days."""


class Complaints(_Person):
    """Upheld complaints that a person is responsible for."""

    causes: Annotated[tuple[Cause, ...], NotEmpty, AfterValidator(each_once)]
    """Causes of the taxonomy that carry points."""
    month: Literal["received", "decided"]
    """Which month a complaint falls into."""


class TeamComplaints(_Costs):
    """Upheld complaints about contacts in a team."""

    causes: Annotated[tuple[Cause, ...], NotEmpty, AfterValidator(each_once)]
    """Causes of the taxonomy that carry points."""
    month: Literal["received", "decided"]
    """Which month a complaint falls into."""
    quota_per_head: Annotated[Points, Field(le=100_000)]
    """So many per head of the team and month cost nothing; heads are headcount-days over the days of the month."""


class Errors(_Person):
    """Severe errors that reviews found."""

    causes: Annotated[tuple[Identifier, ...], NotEmpty, AfterValidator(each_once)]
    """Groups of error codes that carry points."""
    month: Literal["occurred", "reviewed"]
    """Which month an error falls into: that of the contact, or that of the review."""

    @field_validator("causes")
    @classmethod
    def _are_groups_of_codes(cls, causes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known: Known = (info.context or {})["known"]
        if unknown := [cause for cause in causes if cause not in known.error_groups]:
            groups = ", ".join(sorted(known.error_groups))
            raise ValueError(f"{', '.join(unknown)}: no group of error codes; there are {groups}")
        return causes


class Fraud(Setting):
    """Established fraud, outside of quota and cap."""

    points: Points
    """Points for each finding."""
    month: Literal["occurred", "established"]
    """Which month a finding falls into."""


class Rewards(Setting):
    """Points of rewards, by the ground that they are given on."""

    RG1: PointsOrNone
    """Points of a reward on ground RG1, or `none`."""
    RG2: PointsOrNone
    """The same on ground RG2."""
    RG3: PointsOrNone
    """The same on ground RG3."""
    RG4: PointsOrNone
    """The same on ground RG4, in the month after."""
    RG5: PointsOrNone
    """The same on ground RG5, in the month after."""
    cap: PointsOrNone
    """Points that rewards bring together at most, or `none`."""


GROUNDS = ("RG1", "RG2", "RG3", "RG4", "RG5")
