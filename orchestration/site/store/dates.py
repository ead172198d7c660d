"""The dates of a publication: how far the data reach, what is closed, and how far back days and records are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.centre.settings import Thresholds

_SETTLING_DAYS = 7
"""A month is closed so long after its end: late ratings and repeated contacts still change its last days until then."""


@dataclass(frozen=True)
class SiteDates:
    """The days that a publication is about; all of them are local days of the centre."""

    last_day: date
    """The last day with data."""
    instant: str
    """The last instant of any record, ISO 8601 in UTC."""
    closed_until: date
    """The first day of the month that is still open: what ended by then stands in files of its own."""
    first_day: date
    """Days are shown from here on: at least as many as the setting says, and the same all through a month."""
    first_drill_day: date

    def parameters(self) -> dict[str, object]:
        """Return them as the parameters of the reports' SQL."""
        return {
            "first_day": self.first_day,
            "closed_until": self.closed_until,
            "first_drill_day": self.first_drill_day,
        }


def site_dates(last_day: date, instant: str, thresholds: Thresholds) -> SiteDates:
    """Work out the dates of a publication from the last day with data."""
    closed_until = (last_day - timedelta(days=_SETTLING_DAYS)).replace(day=1)
    first_day = closed_until - timedelta(days=thresholds.site_day_points - _SETTLING_DAYS - 1)
    first_drill_day = last_day - timedelta(days=max(thresholds.drill_days, 1) - 1)
    return SiteDates(last_day, instant, closed_until, first_day, first_drill_day)


def read_dates(published: Path, thresholds: Thresholds) -> SiteDates:
    """Read the last day from a published file. Raises duckdb.Error if it lacks its tables."""
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        # The last day of the centre is the day up to which there is data, whatever the clock says.
        row = connection.execute(
            """
            select
                max(period_start),
                (select strftime(max(last_at), '%Y-%m-%dT%H:%M:%SZ') from scorecard.fct_file)
            from scorecard.fct_kpi_value
            where scope_kind = 'centre' and period_kind = 'day'
            """
        ).fetchone()
    day = row[0] if row and row[0] is not None else date(1970, 1, 1)
    return site_dates(day, (row[1] if row else None) or f"{day}T00:00:00Z", thresholds)
