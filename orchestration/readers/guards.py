"""Bare guards of a spreadsheet: `="00123"` keeps the zeros of a cell, and its quotes begin within the field."""

from __future__ import annotations

import re

import polars as pl

from orchestration.readers.csv_lines import Shape


def quoted_guards(data: bytes, shape: Shape) -> bytes:
    """Return lines whose bare guards stand in quotes, as a CSV library writes them; other lines stay as they are."""
    sign = re.escape(shape.delimiter)
    if not re.search(rf'(?m)(?:^|{sign})="'.encode(), data):
        return data
    line = pl.col("line")
    mended = line.str.replace_all(rf'(^|{sign})="([^"]*)"', '${1}"=""${2}"""')
    # A line that is whole as it stands is taken at its word: what resembles a guard there is part of a text.
    is_guarded = ~shape.is_whole(line) & shape.is_whole(mended)
    lines = pl.read_lines(data).select(pl.when(is_guarded).then(mended).otherwise(line).alias("line"))
    return ("\n".join(lines["line"].to_list()) + "\n").encode()
