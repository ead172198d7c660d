"""What kept measures and values were made from, and which of them a build that was cut off left in between.

dbt reads these tables beside the slice. A full build reads them empty: everything then differs from what was there.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import polars as pl

from orchestration.warehouse.slice import known

Frames = Mapping[str, pl.DataFrame]
"""Table of the source `slice` -> its rows."""

Schema = Mapping[str, pl.DataType]

_DIGEST: Schema = {"row_count": pl.Int64(), "digest": pl.String()}
_PERIOD: Schema = {"period_kind": pl.String(), "period_start": pl.Date()}
_BEFORE: Mapping[str, tuple[str, Schema]] = {
    "measured_input": (known.INPUT_DAY, {"input_name": pl.String(), "input_date": pl.Date(), **_DIGEST}),
    "rating_input": (known.RATING_DAY, {"contact_date": pl.Date(), **_DIGEST}),
    "state_input": (known.STATE_DAY, {"agent_date": pl.Date(), **_DIGEST}),
    "measured_period": (known.INPUT_PERIOD, {"input_name": pl.String(), **_PERIOD, **_DIGEST}),
}
"""Inputs as the last complete build found them, by the local date or the period that they count in."""
_PENDING: Mapping[str, tuple[str, Schema]] = {
    "pending_date": (known.CHANGED_DATE, {"changed_date": pl.Date()}),
    "pending_rating_date": (known.RATING_DATE, {"changed_date": pl.Date()}),
    "pending_state_date": (known.STATE_DATE, {"changed_date": pl.Date()}),
    "pending_period": (known.TOUCHED_PERIOD, _PERIOD),
}
"""What the last build was making anew: if it was cut off, from inputs that may be others by now."""


def nothing() -> Frames:
    """Return the tables without a row."""
    return {name: pl.DataFrame(schema=schema) for name, (_, schema) in {**_BEFORE, **_PENDING}.items()}


def measured(connection: duckdb.DuckDBPyConnection, *, is_unfinished: bool) -> Frames:
    """Return what the next build compares with, and what it makes anew in any case."""
    there = {**_BEFORE, **_PENDING} if is_unfinished else _BEFORE
    found = {
        name: connection.execute(f"select {', '.join(schema)} from {table}").pl()
        for name, (table, schema) in there.items()
    }
    return {**nothing(), **found}
