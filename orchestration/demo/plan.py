"""How large a sample centre is and which days it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from orchestration.demo.holidays import public_holidays
from orchestration.home.errors import ScorehouseError

TIME_ZONE = "Australia/Sydney"
"""A zone with daylight saving: on the first Sunday of April the local day has 25 hours."""

FIRST_UNTIL = date(2000, 1, 1)

SOCIAL_LEAF = 2
"""Of every six teams the third serves social media (02_organisation.sql)."""

DIRTY_SHARE = 0.005
"""Share of contacts, events and messages that have a spoilt or repeated twin beside them."""


def last_whole_day() -> date:
    """Return yesterday in UTC: in Sydney that day is over, and its files lie in a landing day that has begun."""
    return datetime.now(UTC).date() - timedelta(days=1)


class DemoError(ScorehouseError, ValueError):
    """The sample centre can't be written as asked; the message gives the remedy."""


@dataclass(frozen=True)
class DemoPlan:
    """Size and kind of a sample centre.

    agents: people on the books (leaders and reviewers among them); days: local days covered, of which until is the
    last; is_hostile: names that try to break pages and queries, and people so different that every band is met,
    undercut and overshot; volume: contacts per agent and hour relative to the default; turn_seconds: one exchange of
    messages per so many seconds of a contact; has_exchange: voice as Asterisk's queue_log instead of contract files;
    limit: at most so many contacts.
    """

    agents: int
    days: int
    seed: int
    until: date
    is_hostile: bool = False
    volume: float = 1.0
    turn_seconds: float = 110.0
    dirty_share: float = DIRTY_SHARE
    has_exchange: bool = True
    is_compressed: bool = True
    limit: int | None = None
    time_zone: str = TIME_ZONE

    def __post_init__(self) -> None:
        if not 8 <= self.agents <= 20_000:
            raise DemoError(f"agents: {self.agents} is out of range. Remedy: 8 to 20000.")
        if not 7 <= self.days <= 800:
            raise DemoError(f"days: {self.days} is out of range. Remedy: 7 to 800.")
        if not 0 <= self.seed < 2**62:
            raise DemoError(f"seed: {self.seed} is out of range. Remedy: a whole number from 0.")
        if not FIRST_UNTIL <= self.until <= last_whole_day():
            raise DemoError(f"until: {self.until} is out of range. Remedy: {FIRST_UNTIL} to {last_whole_day()}.")

    @property
    def first_day(self) -> date:
        """First local day covered."""
        return self.until - timedelta(days=self.days - 1)

    @property
    def all_days(self) -> list[date]:
        """Every local day covered, in order."""
        return [self.first_day + timedelta(days=number) for number in range(self.days)]

    @property
    def holidays(self) -> tuple[date, ...]:
        """Public holidays within the days covered."""
        years = range(self.first_day.year, self.until.year + 1)
        every = [day for year in years for day in public_holidays(year)]
        return tuple(day for day in every if self.first_day <= day <= self.until)

    @property
    def leaves(self) -> int:
        """Teams that serve customers."""
        return max(6, round(self.agents / 12))

    @property
    def outage_day(self) -> date:
        """The day on which the app fails: the Monday four calendar weeks back, so that its week is wholly shown."""
        if self.is_hostile:
            return self.first_day + timedelta(days=self.days // 3)
        monday = self.until - timedelta(days=self.until.weekday() + 21)
        return max(monday, self.first_day + timedelta(days=1))

    def variables(self) -> dict[str, object]:
        """Return what the SQL reads with getvariable()."""
        zone = ZoneInfo(self.time_zone)
        outage = datetime.combine(self.outage_day, datetime.min.time(), zone)
        return {
            "agents": self.agents,
            "days": self.days,
            "seed": self.seed,
            "is_hostile": self.is_hostile,
            "volume": self.volume,
            "turn_seconds": self.turn_seconds,
            "dirty_share": self.dirty_share,
            "has_exchange": self.has_exchange,
            "contact_limit": self.limit,
            "time_zone": self.time_zone,
            "first_on": self.first_day,
            "last_on": self.until,
            "holidays": list(self.holidays),
            "leaves": self.leaves,
            "leaders": min(self.leaves, self.agents // 6),
            "reviewers": max(1, self.agents // 20),
            "former": max(2, round(self.agents * 0.16)),
            "backlog_from": self.outage_day,
            "decline_from": max(self.first_day, self.until - timedelta(days=34)),
            "outage_start_at": outage.replace(hour=13).isoformat(),
            "outage_end_at": outage.replace(hour=14, minute=30).isoformat(),
            "covered_until": datetime.combine(self.until + timedelta(days=1), datetime.min.time(), zone).isoformat(),
        }
