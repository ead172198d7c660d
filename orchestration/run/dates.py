"""Dates of contacts that a person asks to be built anew: whether the home has them."""

from __future__ import annotations

from datetime import date

from orchestration.centre import Centre
from orchestration.home.paths import Home, SettingsError
from orchestration.warehouse.slice.state import SliceState


class DatesError(SettingsError):
    """Dates that no build can make anew; the message says which it can."""


def checked_dates(home: Home, centre: Centre, dates: tuple[date, date] | None) -> tuple[date, date] | None:
    """Return the first and the last of the dates, if contacts may lie on all of them. Raises DatesError."""
    if dates is None:
        return None
    covered = SliceState(home).covered()
    if covered is None:
        raise DatesError(f"--dates {_told(dates)}: nothing is built yet to be built anew. Remedy: scorehouse run.")
    last = covered.last_date(centre.time_zone)
    if not covered.first_date <= dates[0] <= dates[1] <= last:
        raise DatesError(
            f"--dates {_told(dates)}: the contacts that were built last lie on {covered.first_date} to {last}. "
            "Remedy: give dates of these."
        )
    return dates


def _told(dates: tuple[date, date]) -> str:
    return f"{dates[0]}..{dates[1]}"
