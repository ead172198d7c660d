"""Section `contests`: who is best by one KPI, from a day to a day."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from orchestration.centre.settings import Setting
from orchestration.policy.known import Known
from orchestration.policy.values import Day, Identifier, NotEmpty, Number, OrNone, Text
from orchestration.policy.version import Version


class Contest(Setting):
    """A contest of agents or teams by one KPI."""

    model_config = ConfigDict(populate_by_name=True)

    contest_id: Annotated[Identifier, Field(max_length=64)]
    """Name for records and tables; of a monthly contest, month by month, with `@2026-01` behind."""
    name_en: Text
    """What it is called, English."""
    name_zh: Text
    """The same in Chinese."""
    kpi_id: Identifier
    """KPI that decides; it needs a better and a worse side."""
    from_on: Day = Field(alias="from")
    """First day."""
    to_on: Day = Field(alias="to")
    """Last day."""
    every: Annotated[Literal["month"] | None, OrNone] = None
    """`month`: a contest of its own in each month from `from` to `to`. Without it: one contest."""
    scope: Literal["agent", "team"]
    """Who competes."""
    segment: Annotated[Identifier | None, OrNone]
    """Only those of this segment of the staff feed, or `none`."""
    min_n: Annotated[int, Number, Field(ge=1, le=1_000_000)]
    """With a smaller sample nobody is ranked."""
    winners: Annotated[int, Number, Field(ge=1, le=100)]
    """How many places win."""

    @field_validator("kpi_id")
    @classmethod
    def _has_a_better_side(cls, kpi_id: str, info: ValidationInfo) -> str:
        known: Known = (info.context or {})["known"]
        known.assert_may_name(kpi_id, None)
        if known.kpis[kpi_id].direction == "none":
            raise ValueError(f"{kpi_id} is neither better high nor better low; nobody can win by it")
        return kpi_id

    @model_validator(mode="after")
    def _can_be_held(self, info: ValidationInfo) -> Self:
        known: Known = (info.context or {})["known"]
        known.assert_may_name(self.kpi_id, self.scope)
        if self.from_on > self.to_on:
            raise ValueError(f"`from` {self.from_on} is after `to` {self.to_on}")
        if self.every and (self.from_on.day != 1 or self.to_on.day != monthrange(self.to_on.year, self.to_on.month)[1]):
            raise ValueError("`every: month` needs whole months: from the first day of one to the last day of one")
        if self.scope == "team" and self.segment is not None:
            raise ValueError("teams have no segment; write `segment: none`")
        return self

    def held(self) -> list[tuple[str, date, date]]:
        """Return id, first and last day of each contest that this is."""
        if not self.every:
            return [(self.contest_id, self.from_on, self.to_on)]
        months = range(self.from_on.year * 12 + self.from_on.month - 1, self.to_on.year * 12 + self.to_on.month)
        starts = [date(month // 12, month % 12 + 1, 1) for month in months]
        return [
            (f"{self.contest_id}@{start:%Y-%m}", start, start.replace(day=monthrange(start.year, start.month)[1]))
            for start in starts
        ]


class Contests(Version):
    """A version of the list of contests: those that begin while it holds."""

    contests: Annotated[Annotated[tuple[Contest, ...], NotEmpty] | None, OrNone]
    """The contests, or `none`."""

    @field_validator("contests")
    @classmethod
    def _begin_while_it_holds(cls, contests: tuple[Contest, ...] | None, info: ValidationInfo) -> Any:
        twice = [name for name, count in Counter(one.contest_id for one in contests or ()).items() if count > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)} stands there twice; give each contest its own contest_id")
        start = info.data.get("valid_from")
        for one in contests or ():
            if start is not None and one.from_on < start:
                raise ValueError(f"{one.contest_id} begins on {one.from_on}, before the version holds ({start:%Y-%m})")
        return contests
