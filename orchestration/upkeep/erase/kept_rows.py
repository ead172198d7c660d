"""Rows and findings that name a customer, written anew under another name; the ledger's record makes them count."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from orchestration.home.durable import put_frame
from orchestration.home.ledger import LedgerRecord, Stored
from orchestration.home.names import place_stem
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.landing.known import KnownFiles
from orchestration.landing.parts import content_columns, stored
from orchestration.upkeep.erase.landed import Landed
from orchestration.upkeep.erase.persons import Words
from schemas import FEEDS

WITH_CUSTOMERS = frozenset(name for name, feed in FEEDS.items() if "customer_id" in content_columns(feed))
"""The feeds whose rows name customers."""


@dataclass
class Kept:
    """What was written anew: rows by feed, parts, files of findings, and the files that they came from."""

    rows_by_feed: Counter[str] = field(default_factory=Counter)
    parts: int = 0
    findings: int = 0


def places_of_rows(home: Home, known: KnownFiles, words: Words) -> set[str]:
    """Return the landed files whose accepted rows name one of the customers."""
    return {
        record.place
        for record in known
        if any(_named_in(pl.read_parquet(home.raw / part.name), words) for part in _with_customers(record))
    }


def erase_from_rows(home: Home, known: KnownFiles, words: Words, landed: Landed) -> Kept:
    """Let no row and no finding name one of the customers, and every record speak of the landed file as it is now."""
    kept = Kept()
    for record in list(known):
        say(f"looking at what {record.place} gave")
        new = _rewritten(home, record, words, landed, kept)
        if new != record:
            known.commit(new)
    return kept


def _rewritten(home: Home, record: LedgerRecord, words: Words, landed: Landed, kept: Kept) -> LedgerRecord:
    file_hash = landed.rewritten.get((record.source_id, record.file_hash), record.file_hash)
    taking = secrets.token_hex(4)
    parts = []
    for part in record.parts:
        rows = pl.read_parquet(home.raw / part.name)
        named = _named_in(rows, words)
        if not named and file_hash == record.file_hash:
            parts.append(part)
            continue
        if named:
            kept.rows_by_feed[part.name.partition("/")[0]] += _rows_with(rows, named, words)
            kept.parts += 1
        clean = _without(rows, named, words).with_columns(pl.lit(file_hash).alias("file_hash"))
        parts.append(_put(home.raw, _part_name(part.name, record.source_id, file_hash, taking), clean))
    stamp = landed.stamps.get(record.place)
    told = {} if stamp is None else {"byte_count": stamp.byte_count, "modified_ns": stamp.modified_ns}
    return replace(
        record,
        file_hash=file_hash,
        parts=tuple(parts),
        findings=_clean_findings(home, record, words, taking, kept),
        changed_ns=record.changed_ns if stamp is None else stamp.changed_ns,
        **told,  # type: ignore[arg-type]
    )


def _clean_findings(home: Home, record: LedgerRecord, words: Words, taking: str, kept: Kept) -> Stored | None:
    if record.findings is None:
        return None
    rows = pl.read_parquet(home.quarantine / record.findings.name)
    named = [name for name in _named_in(rows, words) if name != "file_name"]
    if not named:
        return record.findings
    kept.findings += 1
    name = f"{record.source_id}/{record.landing_day.isoformat()}/{place_stem(record.file_name)}--{taking}.parquet"
    return _put(home.quarantine, name, _without(rows, named, words))


def _put(folder: Path, name: str, rows: pl.DataFrame) -> Stored:
    put_frame(folder / name, rows)
    return stored(folder, name)


def _part_name(name: str, source: str, file_hash: str, taking: str) -> str:
    number = re.search(r"-[0-9]{4}(?=\.parquet$)", name)
    return f"{name.rpartition('/')[0]}/{source}--{file_hash[:16]}-{taking}{number.group() if number else ''}.parquet"


def _with_customers(record: LedgerRecord) -> list[Stored]:
    return [part for part in record.parts if part.name.partition("/")[0] in WITH_CUSTOMERS]


def _named_in(rows: pl.DataFrame, words: Words) -> list[str]:
    """Return the columns in which one of them stands; the name of the landed file is no row's own."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String and name not in {"file_name", "file_hash"}]
    return [name for name in texts if words.is_in(rows[name].drop_nulls().unique())]


def _rows_with(rows: pl.DataFrame, named: list[str], words: Words) -> int:
    cells = {name: [one for one in rows[name].drop_nulls().unique() if words.is_in([one])] for name in named}
    return rows.filter(pl.any_horizontal(pl.col(name).is_in(found) for name, found in cells.items())).height


def _without(rows: pl.DataFrame, named: list[str], words: Words) -> pl.DataFrame:
    def clean(name: str) -> pl.Expr:
        found = [one for one in rows[name].drop_nulls().unique() if words.is_in([one])]
        return pl.col(name).replace(dict(zip(found, map(words.replaced, found), strict=True)))

    return rows.with_columns(clean(name) for name in named)
