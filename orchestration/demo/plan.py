"""How large a sample centre is and which days it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from orchestration.errors import ScorehouseError

TIME_ZONE = "Australia/Sydney"
"""A zone with daylight saving: on Sunday, 5 April 2026 the local day has 25 hours."""

LAST_DAY = date(2026, 4, 16)
"""The last day shown, whatever the number of days: so the end of daylight saving and Easter are in every sample."""

PUBLIC_HOLIDAYS = (date(2026, 4, 3), date(2026, 4, 6))
"""Good Friday and Easter Monday."""

DIRTY_SHARE = 0.005
"""Share of contacts, events and messages that have a spoilt or repeated twin beside them."""


class DemoError(ScorehouseError, ValueError):
    """The sample centre can't be written as asked; the message gives the remedy."""


@dataclass(frozen=True)
class DemoPlan:
    """Size and kind of a sample centre.

    agents: people on the books (leaders and reviewers among them); days: local days covered;
    volume: contacts per agent and hour relative to the default; turn_seconds: one exchange of messages per so many
    seconds of a contact; has_exchange: voice as Asterisk's queue_log instead of contract files; limit: at most so
    many contacts.
    """

    agents: int
    days: int
    seed: int
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

    @property
    def first_day(self) -> date:
        """First local day covered."""
        return LAST_DAY - timedelta(days=self.days - 1)

    @property
    def all_days(self) -> list[date]:
        """Every local day covered, in order."""
        return [self.first_day + timedelta(days=number) for number in range(self.days)]

    @property
    def holidays(self) -> tuple[date, ...]:
        """Public holidays within the days covered."""
        return tuple(day for day in PUBLIC_HOLIDAYS if day >= self.first_day)

    def variables(self) -> dict[str, object]:
        """Return what the SQL reads with getvariable()."""
        zone = ZoneInfo(self.time_zone)
        outage = datetime.combine(self.first_day + timedelta(days=self.days // 3), datetime.min.time(), zone)
        return {
            "agents": self.agents,
            "days": self.days,
            "seed": self.seed,
            "volume": self.volume,
            "turn_seconds": self.turn_seconds,
            "dirty_share": self.dirty_share,
            "has_exchange": self.has_exchange,
            "contact_limit": self.limit,
            "time_zone": self.time_zone,
            "first_on": self.first_day,
            "last_on": LAST_DAY,
            "holidays": list(self.holidays),
            "leaves": max(6, round(self.agents / 12)),
            "leaders": min(max(6, round(self.agents / 12)), self.agents // 6),
            "reviewers": max(1, self.agents // 20),
            "former": max(2, round(self.agents * 0.16)),
            "outage_start_at": outage.replace(hour=13).isoformat(),
            "outage_end_at": outage.replace(hour=14, minute=30).isoformat(),
            "covered_until": datetime.combine(LAST_DAY + timedelta(days=1), datetime.min.time(), zone).isoformat(),
        }
