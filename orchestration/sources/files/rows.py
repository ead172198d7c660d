"""The rows that records give to all feeds of a rule, with every record accounted for."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from orchestration.readers.findings import reject_frame
from orchestration.sources.files.columns import Place, filled_only, rule_rows
from orchestration.sources.files.expressions import Around
from orchestration.sources.files.mapping import FileRule
from orchestration.sources.files.versions import lost_versions

WHOLE = "contacts"
"""Its row is the record itself, which has begun; rows of other feeds are what may have happened in it, or not."""
_SAME_FINDING = ["record_number", "feed", "field", "check_name"]


@dataclass(frozen=True)
class Rows:
    """What records give.

    feeds: feed -> its rows, in order. unused: records that meet no feed's `where`. skipped: those of `skip_where`.
    """

    feeds: dict[str, pl.DataFrame]
    rejects: pl.DataFrame
    unused: int
    skipped: int = 0


def rows_of(rule: FileRule, empty: tuple[str, ...], around: Around, records: pl.DataFrame) -> Rows:
    """Return the rows of every feed.

    Where no time stands, nothing happened: no row, as long as its record gives another one. A record that would give
    none by that keeps its first, and the door says what is missing.
    """
    stripped = filled_only(records, empty)
    if rule.skip_where:
        stripped = stripped.filter(~rule.is_skipped(lambda name: pl.col(name).fill_null("")))
    made = []
    rejects = [reject_frame(), lost_versions(rule.version, around, stripped)]
    for name, rules in rule.feeds.items():
        for at, one in enumerate(rules):
            rows, lost = rule_rows(name, Place(one, at, len(rules)), rule.version, around, stripped)
            made.append((name, rows))
            rejects.append(lost)
    kept = _without_timeless(made)
    used = pl.concat([rows["record_number"] for _, rows in kept]).unique()
    # Several rules may read one column: what is wrong with it is one finding.
    found = pl.concat(rejects).unique(_SAME_FINDING, keep="first", maintain_order=True)
    return Rows(_by_feed(kept), found, stripped.height - len(used), records.height - stripped.height)


def _without_timeless(made: list[tuple[str, pl.DataFrame]]) -> list[tuple[str, pl.DataFrame]]:
    timed = [rows if name == WHOLE else rows.filter(~pl.col("is_timeless")) for name, rows in made]
    records_with_rows = pl.concat([rows["record_number"] for rows in timed]).unique()
    kept = []
    for (name, rows), those_with_time in zip(made, timed, strict=True):
        if rows.height == those_with_time.height:
            kept.append((name, rows))
            continue
        alone = rows.filter("is_timeless").filter(~pl.col("record_number").is_in(records_with_rows.implode()))
        records_with_rows = pl.concat([records_with_rows, alone["record_number"]])
        kept.append((name, pl.concat([those_with_time, alone])))
    return kept


def _by_feed(kept: list[tuple[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    frames: dict[str, list[pl.DataFrame]] = {}
    for name, rows in kept:
        frames.setdefault(name, []).append(rows.drop("is_timeless"))
    one_each = {name: pl.concat(rows, how="diagonal") for name, rows in frames.items()}
    return {name: rows.sort("record_number", "row_in_record") for name, rows in one_each.items() if rows.height}
