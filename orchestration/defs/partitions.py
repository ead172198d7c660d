"""The partitions: days on which files may have been dropped, and local dates of contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dagster import DailyPartitionsDefinition

from orchestration.centre import CentreError, load_centre
from orchestration.home.paths import Home
from orchestration.landing.days import known_days
from orchestration.warehouse.slice.state import SliceState

MAX_GAP = timedelta(days=30)
"""A range run writes an event per day in it, so that two far ends are cheaper as two ranges."""


def calendar_zone(home: Home) -> str:
    """Return the centre's zone, UTC as long as there is no readable centre.yaml: definitions load without any home."""
    try:
        return load_centre(home).time_zone
    except CentreError:
        return "UTC"


def landing_days(home: Home) -> DailyPartitionsDefinition:
    """Return the days from the home's first landing day until today, or its last landing day if that is later.

    Daily ones: ranges over dynamic partitions follow the order of insertion and lose late days.
    """
    zone = calendar_zone(home)
    today = datetime.now(ZoneInfo(zone)).date()
    days = [today, *known_days(home)]
    # An offset of 1 holds today, which has not ended.
    ahead = 1 + (max(days) - today).days
    return DailyPartitionsDefinition(start_date=min(days).isoformat(), timezone=zone, end_offset=ahead)


def contact_dates(home: Home) -> DailyPartitionsDefinition:
    """Return the local dates of contacts as far as the last build reached; today alone as long as there was none."""
    zone = calendar_zone(home)
    today = datetime.now(ZoneInfo(zone)).date()
    covered = SliceState(home).covered()
    first = last = today
    if covered is not None:
        first = covered.first_date
        last = covered.last_date(zone)
    return DailyPartitionsDefinition(start_date=first.isoformat(), timezone=zone, end_offset=1 + (last - today).days)


def day_ranges(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return the days as a few ranges (first, last), in order, split where a gap is longer than MAX_GAP."""
    ranges: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if ranges and day - ranges[-1][1] <= MAX_GAP:
            ranges[-1] = (ranges[-1][0], day)
        else:
            ranges.append((day, day))
    return ranges
