"""Ids that a spreadsheet destroyed: two of them may be one by now, which no later check would see."""

from __future__ import annotations

import polars as pl

from orchestration.door.reasons import failures_frame
from orchestration.readers.findings import reject_frame
from schemas.contract import Feed

CHECK = "spreadsheet_id"
IDS_BY_OTHER_NAMES = {"account", "reopened_from"}
ROUNDED = r"^[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}$"
"""A long number as a spreadsheet shows it: 3.26702E+11."""
CUT_OFF = r"^[0-9]{4}-[0-9]{2}-$"
"""What is left of an id that was taken for a date: 2010-08-."""
NOT_SHOWN = r"^#(?:#{3,}|N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)$"
"""A column too narrow for its number, or a formula that failed."""


def destroyed_ids(feed: Feed, text: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with an id that a spreadsheet destroyed, in REJECT_SCHEMA; `text` has the ids as written."""
    ids = [
        name
        for name, dtype in text.schema.items()
        if dtype == pl.String and (name.endswith("_id") or name in IDS_BY_OTHER_NAMES)
    ]
    failures = [reject_frame()]
    for name in ids:
        # Plain searches first: no sound file has any of these signs in such a place, and patterns cost more.
        value = text[name]
        may_be = value.str.contains_any(["E+", "e+"]) | value.str.starts_with("#") | value.str.ends_with("-")
        if not may_be.any():
            continue
        is_destroyed = pl.col(name).str.contains(f"{ROUNDED}|{CUT_OFF}|{NOT_SHOWN}")
        rows = text.filter(is_destroyed)
        if rows.height:
            failures.append(failures_frame(feed, rows, name, CHECK))
    return pl.concat(failures)
