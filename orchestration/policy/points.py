"""Section `points`: what people collect points for, and who sees them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from orchestration.centre.settings import Setting
from orchestration.policy.values import Number, OrNone, SignedOrNone
from orchestration.policy.version import Version


class PointRules(Setting):
    """Points of each kind of event: a number or `none`, for all of them; what takes points has a minus."""

    praise_in_contact: SignedOrNone
    """Praise by a customer within a contact."""
    praise_contact: SignedOrNone
    """A contact that a customer made only to praise."""
    peer_like: SignedOrNone
    """A like by a colleague."""
    achievement: SignedOrNone
    """An achievement that colleagues noted."""
    best_practice: SignedOrNone
    """A practice that others take up."""
    meeting_praise: SignedOrNone
    """Praise in a meeting."""
    suggestion_adopted: SignedOrNone
    """A suggestion that was adopted."""
    story: SignedOrNone
    """A story that was told of the person."""
    other: SignedOrNone
    """Another form of recognition."""
    RG1: SignedOrNone
    """A reward on ground RG1."""
    RG2: SignedOrNone
    """A reward on ground RG2."""
    RG3: SignedOrNone
    """A reward on ground RG3."""
    RG4: SignedOrNone
    """A reward on ground RG4."""
    RG5: SignedOrNone
    """A reward on ground RG5."""
    contest_1: SignedOrNone
    """First place of a contest."""
    contest_2: SignedOrNone
    """Second place."""
    contest_3: SignedOrNone
    """Third place; further places bring none."""
    fraud: SignedOrNone
    """A finding of fraud."""
    harassment: SignedOrNone
    """A finding of harassment."""
    abuse: SignedOrNone
    """A finding of abuse."""
    cold_violence: SignedOrNone
    """A finding of cold violence."""
    other_severe: SignedOrNone
    """A finding of another severe incident."""
    complaint_penalty: SignedOrNone
    """A complaint that costs points in an assessment."""
    error_penalty: SignedOrNone
    """A severe error that costs points in an assessment."""

    @field_validator(
        "fraud", "harassment", "abuse", "cold_violence", "other_severe", "complaint_penalty", "error_penalty"
    )
    @classmethod
    def _takes_points(cls, points: Decimal | None) -> Decimal | None:
        if points is not None and points > 0:
            raise ValueError(f"{points} would bring points; write -{points}, 0 or none")
        return points

    @field_validator(
        *("praise_in_contact", "praise_contact", "peer_like", "achievement", "best_practice", "meeting_praise"),
        *("suggestion_adopted", "story", "other", "RG1", "RG2", "RG3", "RG4", "RG5"),
        *("contest_1", "contest_2", "contest_3"),
    )
    @classmethod
    def _brings_points(cls, points: Decimal | None) -> Decimal | None:
        if points is not None and points < 0:
            raise ValueError(f"{points} would take points for something good; write {-points}, 0 or none")
        return points


class PointsVersion(Version):
    """A version of the points that people collect; they are derived from records, never entered."""

    window: Literal["month", "quarter", "year"]
    """Over which time points are added up."""
    names: Literal["own", "top_5", "everybody"]
    """Whom a reader sees in a ranking: himself, the first five, or everybody of his group."""
    rules: PointRules
    """Points of each kind of event."""
    likes_per_giver_month: Annotated[Annotated[int, Number, Field(ge=1, le=10_000)] | None, OrNone]
    """So many likes of one person count in a month; `none` only where likes bring no points."""

    @field_validator("likes_per_giver_month")
    @classmethod
    def _likes_have_a_limit(cls, likes: int | None, info: ValidationInfo) -> int | None:
        rules = info.data.get("rules")
        if likes is None and rules is not None and rules.peer_like:
            raise ValueError("likes bring points (rules.peer_like), so how many of a person count must be said")
        return likes
