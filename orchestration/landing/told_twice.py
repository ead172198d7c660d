"""Rows of one file that have the same name and do not say the same: one replaces the other, which must be told.

Where a source says by a version which of them is newer, that is meant; without one the later stands, by chance or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from schemas.contract import Feed

IN_ORDER = {"agent_states"}
"""Feeds whose rows of one name follow each other within a second: there the order of the file is what is meant."""


@dataclass(frozen=True)
class ToldTwice:
    """How many rows have the name of another one of their file, and the first line on which one of them stands."""

    rows: int
    first_line: int | None


@dataclass
class Names:
    """The names of the rows of a file by feed, as 64-bit hashes: what they seem to share is looked up in the rows."""

    _hashes: dict[str, list[pl.Series]] = field(default_factory=dict)

    def add(self, feed: Feed, rows: pl.DataFrame) -> None:
        """Take in rows of a feed."""
        if feed.name not in IN_ORDER:
            self._hashes.setdefault(feed.name, []).append(rows.select(name_of(feed)).hash_rows())

    def are_shared(self, feed: str) -> bool:
        """Tell whether two rows of a feed may have one name."""
        hashes = pl.concat(self._hashes.get(feed) or [pl.Series(dtype=pl.UInt64)])
        return hashes.n_unique() < len(hashes)


def told_twice(found: Iterable[tuple[Feed, pl.LazyFrame]]) -> ToldTwice | None:
    """Count rows that have the name of another one; each feed comes with all of its rows, equal ones once."""
    count, lines = 0, []
    for feed, rows in found:
        named = rows if feed.repeats_need is None else rows.filter(pl.col(feed.repeats_need).is_not_null())
        name = name_of(feed)
        known = named.select("record_number", "row_in_record", "line_number", *name).collect()
        later = known.sort("record_number", "row_in_record").filter(
            ~pl.struct(pl.col("^name_[0-9]+$")).is_first_distinct()
        )
        count += later.height
        lines += later["line_number"].drop_nulls().to_list()
    return ToldTwice(count, min(lines, default=None)) if count else None


def name_of(feed: Feed) -> list[pl.Expr]:
    """Return what names a row of a file, its version among it: columns `name_0` and so on."""
    has_no_id = pl.col(feed.key[0]).is_null()
    # What names a row without an id counts for such a row alone.
    without_id = [pl.when(has_no_id).then(pl.col(column)) for column in feed.key_without_id]
    parts = [pl.col("record_version"), *(pl.col(column) for column in feed.key), *without_id]
    return [part.alias(f"name_{at}") for at, part in enumerate(parts)]
