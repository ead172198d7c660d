"""Records of a file that are none: lines of totals, and headers that come again on further pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from orchestration.look.holds import Column, column_of
from orchestration.look.sample import Looked

# Whole words with nothing but a number after: a queue may be called Summer, a topic Total loss.
_TOTAL = r"^\s*(?i:(?:grand |sub)?totals?|sum|summe|gesamt|合计|总计|小计)[\s:：]*[0-9.,:]*\s*$"
_MOST_TOTALS = 3
"""More records that hold such a word, and more than a twentieth, are of something that is called so."""


@dataclass(frozen=True)
class LeftOut:
    """Records that are none: the condition of `skip_where` that tells them, what it says, and which they are."""

    condition: dict[str, Any]
    told: str
    is_none: pl.Series


def left_out(looked: Looked) -> list[LeftOut]:
    """Return what tells the records of a file that are none."""
    return [*_totals(looked), *_headers(looked)]


def columns_of(looked: Looked) -> list[Column]:
    """Return what each column holds in those records that are some."""
    frame = looked.frame
    if kinds := left_out(looked):
        frame = frame.filter(~pl.any_horizontal(kind.is_none for kind in kinds))
    return [column_of(name, frame[name]) for name in looked.columns]


def _totals(looked: Looked) -> Iterator[LeftOut]:
    for name in looked.columns:
        is_total = looked.frame[name].str.contains(_TOTAL).fill_null(value=False)
        if 0 < is_total.sum() <= max(_MOST_TOTALS, looked.frame.height // 20):
            yield LeftOut({name: {"matches": _TOTAL}}, f"in which `{name}` says that it is a total", is_total)
            return


def _headers(looked: Looked) -> Iterator[LeftOut]:
    if looked.table is None or looked.table.header_line is None or not looked.columns:
        return
    names = looked.columns
    texts = [pl.col(name).fill_null("").str.strip_chars() for name in names]
    same = pl.all_horizontal((text == name) | (text == "") for text, name in zip(texts, names, strict=True))
    is_header = looked.frame.select((same & (texts[0] == names[0])).alias("same"))["same"]
    if is_header.any():
        yield LeftOut({names[0]: names[0]}, "that repeat the header", is_header)
