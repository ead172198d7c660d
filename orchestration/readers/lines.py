"""The lines of a block as numbered records, for files of which each line is one; blank lines are none."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from orchestration.readers.bad_lines import BAD_LINE
from orchestration.readers.findings import reject_frame
from orchestration.readers.text import TextBlock


@dataclass(frozen=True)
class Lines:
    """Lines of a block, blank ones apart.

    frame: record_number and line_number (Int64) and line, of those that are text.
    rejects: frame of REJECT_SCHEMA for the others.
    """

    frame: pl.DataFrame
    rejects: pl.DataFrame

    @property
    def records_read(self) -> int:
        """Return the number of lines, those that are no text among them."""
        return self.frame.height + self.rejects.height


def numbered_lines(block: TextBlock, before: int) -> Lines:
    """Return the lines of a block; so many records came before it."""
    lines = pl.read_lines(block.data).with_columns(
        (pl.int_range(pl.len(), dtype=pl.Int64) + block.first_line).alias("line_number")
    )
    lines = lines.filter(pl.col("line").str.strip_chars() != "")
    lines = lines.with_columns((pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + before).alias("record_number"))
    is_bad = pl.col("line") == BAD_LINE.decode()
    bad = lines.filter(is_bad).select("record_number", "line_number")
    return Lines(
        lines.filter(~is_bad),
        reject_frame(block.bad_lines[line].as_reject(record) for record, line in bad.iter_rows()),
    )
