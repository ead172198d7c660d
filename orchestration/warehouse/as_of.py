"""The instant that stands for now, where a user gives one: data and clock bound it.

Every day up to now gets its values, so a year 9998 would never come to an end.
"""

from __future__ import annotations

from datetime import UTC, datetime

from orchestration.door.ahead_of_landing import first_ahead
from orchestration.home.paths import Home, SettingsError
from orchestration.landing.days import known_days
from schemas.contract import FIRST_INSTANT


class AsOfError(SettingsError):
    """An instant that can't stand for now; the message says which can."""


def checked_as_of(home: Home, as_of: datetime | None) -> datetime | None:
    """Return the instant, if it has an offset and lies where there are or can be data. Raises AsOfError."""
    if as_of is None:
        return None
    if as_of.tzinfo is None:
        raise AsOfError(f"as_of {as_of.isoformat()} has no offset. Remedy: write 2026-01-05T08:00:00+08:00.")
    last = _last_instant(home)
    if FIRST_INSTANT <= as_of <= last:
        return as_of
    raise AsOfError(
        f"as_of {as_of.isoformat()} lies outside what data can tell. "
        f"Remedy: give an instant from {FIRST_INSTANT.date()} to {last.isoformat(timespec='minutes')}, or none."
    )


def _last_instant(home: Home) -> datetime:
    """Return now, or the end of what the files of the last landing day may tell if that is later."""
    now = datetime.now(UTC)
    landed = max(known_days(home), default=now.date())
    return max(now, first_ahead(landed))
