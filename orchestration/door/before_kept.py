"""Records of days whose own have gone on purpose: alone they would make other values than those that were published."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import polars as pl

from orchestration.door.reasons import failures_frame
from orchestration.readers.findings import reject_frame
from schemas.contract import Feed

CHECK = "before_kept_records"


def before_failures(feed: Feed, frame: pl.DataFrame, text: pl.DataFrame, gone_before: date | None) -> pl.DataFrame:
    """Return the rows of UTC dates before which nothing is kept, in REJECT_SCHEMA; `text` has them as written."""
    if gone_before is None or not feed.goes_with_time or feed.time_column is None:
        return reject_frame()
    limit = datetime.combine(gone_before, time(), UTC)
    is_gone = (frame[feed.time_column] < limit).fill_null(value=False)
    return failures_frame(feed, text.filter(is_gone), feed.time_column, CHECK) if is_gone.any() else reject_frame()
