"""Times that no file can know: later than the day on which it landed.

One contact dated 2099 would move the whole centre's now, and with it every open period and every trailing value.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import polars as pl

from orchestration.door.reasons import failures_frame
from orchestration.readers.findings import reject_frame
from schemas.contract import MAX_DAYS_AHEAD, Feed, happened_columns

CHECK = "after_landing_day"


def first_ahead(landing_day: date) -> datetime:
    """Return the instant from which on nothing that lands on a day can tell what happened."""
    return datetime.combine(landing_day + timedelta(days=MAX_DAYS_AHEAD + 1), time(), UTC)


def ahead_failures(feed: Feed, frame: pl.DataFrame, text: pl.DataFrame, landing_day: date) -> pl.DataFrame:
    """Return the rows that tell what lies after the landing day, in REJECT_SCHEMA; `text` has the values as written."""
    ahead_from = first_ahead(landing_day)
    failures = [reject_frame()]
    for name in happened_columns(feed):
        bound = ahead_from.date() if frame.schema[name] == pl.Date else ahead_from
        is_ahead = (frame[name] >= bound).fill_null(value=False)
        if is_ahead.any():
            failures.append(failures_frame(feed, text.filter(is_ahead), name, CHECK))
    return pl.concat(failures)
