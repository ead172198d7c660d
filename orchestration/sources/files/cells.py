"""Cells that hold several values: each gives a row of its own where a rule says so, and is told where none does."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from orchestration.readers.findings import Reject
from orchestration.sources.files.converted import Column
from orchestration.sources.files.mapping import FeedRule

PART = "\x00part"
"""0-based number of the value within its cell; no column of a file has a name with this sign in it."""
SIGNS = (";", "|", "、")
"""What systems write between several values of a cell; a comma is part of many names."""
NAMES = ("agent_id", "queue_id")


def split(field: Column | None, records: pl.DataFrame) -> pl.DataFrame:
    """Return a record for each value of a cell, with its number as PART; one for a cell without any."""
    if field is None or field.split is None:
        return records.with_columns(pl.lit(0).alias(PART))
    text = pl.col(field.column)
    values = text.str.split(field.split).list.eval(pl.element().str.strip_chars())
    values = values.list.set_difference([""]).list.unique(maintain_order=True)
    is_none = values.list.len().fill_null(0) == 0
    parts = pl.when(is_none).then(pl.lit([None], dtype=pl.List(pl.String))).otherwise(values)
    exploded = records.with_columns(parts.alias(field.column)).explode(field.column)
    # Those of one record stand together.
    number = pl.int_range(pl.len()).over("record_number")
    return exploded.with_columns(number.alias(PART))


def unsplit_cells(rule: FeedRule, rows: pl.DataFrame) -> Iterator[Reject]:
    """Yield a remark for each column of agents or queues in which a cell looks as if it held several."""
    for name in NAMES:
        field = rule.columns.get(name)
        if not isinstance(field, Column) or field.split is not None or name not in rows.columns:
            continue
        for sign in SIGNS:
            cells = rows[name].filter(rows[name].str.contains(sign, literal=True).fill_null(value=False))
            if cells.str.strip_chars(f"{sign} ").str.contains(sign, literal=True).any():
                yield Reject(
                    None, None, field.column, "several_in_cell", None, details={"column": field.column, "sign": sign}
                )
                break
