"""Rows in order become lines: one per KPI, part and kind of period, with an array of each column."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from orchestration.site.histories.rows import LOOK, HistoryRows, line_of

_STEADY = {"lower_bound", "upper_bound", "reason", "is_provisional", "excluded_n", "raw_value", "p50", "p90"}
"""Mostly the same in all periods, or nowhere: then one entry stands for all, or null for none."""

_ALIKE = {"denominator": "n"}
"""Column -> the one that it mostly equals: where it does in all periods of a line, null stands for it."""


def lines_of(history: HistoryRows) -> pl.DataFrame:
    """Return one line per KPI, part and kind of period, in their order.

    Columns: line (its number), first_place, places, one array of each of the rows' columns, the changes.
    """
    rows = history.rows
    spans = _Spans(line_of(rows.get_column("key")))
    place = rows.get_column("place").cast(pl.Int64).rename("places")
    first, last = spans.first(place), spans.last(place)
    # Only where a period is missing in between is the place of each value written.
    has_gap = last - first >= spans.lengths()
    lines = pl.DataFrame(
        [
            spans.numbers.alias("line"),
            first.alias("first_place"),
            _where(has_gap, spans.lists(place)),
            *(_array(spans, rows, name) for name in rows.columns if name not in ("key", "place")),
        ]
    )
    if history.changes is None:
        return lines
    return lines.join(history.changes, on="line", how="left", maintain_order="left")


class _Spans:
    """The spans of rows that the lines are made of: rows of one number that follow each other."""

    def __init__(self, numbers: pl.Series) -> None:
        self.is_first = (numbers != numbers.shift()).fill_null(value=True)
        starts = self.is_first.arg_true().cast(pl.Int64)
        self.numbers = numbers.gather(starts)
        self._bounds = pl.concat([starts, pl.Series([len(numbers)], dtype=pl.Int64)])

    def lengths(self) -> pl.Series:
        """Return the number of rows of each span."""
        return self._bounds.slice(1) - self._bounds.head(-1)

    def lists(self, values: pl.Series) -> pl.Series:
        """Return the values as one list per span; nothing is moved, which grouping would do."""
        arrow = pa.LargeListArray.from_arrays(self._bounds.to_arrow(), values.to_arrow())
        return pl.Series(values.name, pl.from_arrow(arrow))

    def texts(self, letters: pl.Series) -> pl.Series:
        """Return numbers of two letters, the first in the lower byte, as one text per span; nothing is moved."""
        _, offsets = (2 * self._bounds).to_arrow().buffers()
        _, content = letters.to_arrow().buffers()
        arrow = pa.LargeStringArray.from_buffers(len(self.numbers), offsets, content)
        return pl.Series(letters.name, pl.from_arrow(arrow))

    def first(self, values: pl.Series) -> pl.Series:
        """Return the first value of each span."""
        return values.gather(self._bounds.head(-1))

    def last(self, values: pl.Series) -> pl.Series:
        """Return the last value of each span."""
        return values.gather(self._bounds.slice(1) - 1)

    def any(self, flags: pl.Series) -> pl.Series:
        """Tell of each span whether one of its rows is flagged."""
        counted = self.last(flags.cast(pl.Int64).cum_sum())
        return counted > counted.shift(fill_value=0)


def _array(spans: _Spans, rows: pl.DataFrame, name: str) -> pl.Series:
    values = rows.get_column(name)
    if name == LOOK:
        return spans.texts(values)
    if name in _STEADY:
        varies = spans.any(values.ne_missing(values.shift()) & ~spans.is_first)
        only = _where(spans.first(values).is_not_null(), spans.lists(values).list.head(1))
        return _where(varies, spans.lists(values), only)
    if name in _ALIKE:
        differs = spans.any(values.ne_missing(rows.get_column(_ALIKE[name]).cast(values.dtype)))
        return _where(differs, spans.lists(values))
    return spans.lists(values)


def _where(flags: pl.Series, lists: pl.Series, otherwise: pl.Series | None = None) -> pl.Series:
    """Return the lists that are flagged, and of the others null or what stands for them."""
    return pl.select(pl.when(flags).then(lists).otherwise(otherwise).alias(lists.name)).to_series()
