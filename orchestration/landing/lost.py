"""Records of files whose rows or whose own record are partly gone: what is left goes on counting, and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.home.ledger import LedgerRecord, Stored
from orchestration.home.paths import Home
from orchestration.landing.known import Place, is_whole
from orchestration.landing.remarks import record_lost, rows_lost
from schemas import FEEDS
from schemas.contract import contract_columns

_ORIGIN = ["source_id", "landing_day", "file_name"]


def origin_of(path: Path) -> Place | None:
    """Return which file rows or findings came from, None if they can't be read."""
    try:
        with pq.ParquetFile(path) as parquet:
            row = next(parquet.iter_batches(batch_size=1, columns=_ORIGIN)).to_pylist()[0]
            return row["source_id"], row["landing_day"], row["file_name"]
    except (pa.ArrowException, OSError, ValueError, LookupError, StopIteration):
        return None


def incomplete(home: Home, record: LedgerRecord, fault: str) -> LedgerRecord:
    """Return the record of a file of which something is gone that landing/ can't give again; the rest counts."""
    parts = tuple(part for part in record.parts if is_whole(home.raw, part))
    is_found = record.findings is not None and is_whole(home.quarantine, record.findings)
    left = _records([home.raw / part.name for part in parts])
    told = rows_lost(record.place, fault)
    return replace(
        record,
        state="incomplete",
        parts=parts,
        findings=record.findings if is_found else None,
        records_read=record.records_read - record.records_accepted + left,
        records_accepted=left,
        rows_by_feed=_rows_by_feed(home, parts),
        message=told.message,
        remarks=told.remarks,
    )


def record_of_rows(home: Home, place: Place, parts: Sequence[Stored], findings: Stored | None) -> LedgerRecord:
    """Return a record for rows and findings whose own ledger record is lost."""
    source, day, name = place
    paths = [home.raw / part.name for part in parts]
    accepted = _records(paths)
    quarantined = _records([home.quarantine / findings.name]) if findings is not None else 0
    told = record_lost(f"{source}/{day}/{name}")
    hashes = [pl.read_parquet(path, columns=["file_hash"], n_rows=1).item() for path in paths[:1]]
    return LedgerRecord(
        source_id=source,
        landing_day=day,
        file_name=name,
        file_hash=str(hashes[0]) if hashes else "",
        byte_count=0,
        taken_at=datetime.now(UTC),
        state="incomplete",
        adapter_fingerprint="",
        records_read=accepted + quarantined,
        records_accepted=accepted,
        records_quarantined=quarantined,
        rows_by_feed=_rows_by_feed(home, parts),
        columns_by_feed=_columns_by_feed(home, parts),
        message=told.message,
        remarks=told.remarks,
        parts=tuple(parts),
        findings=findings,
    )


def _feed(part: Stored) -> str:
    return part.name.split("/")[0]


def _records(paths: Sequence[Path]) -> int:
    if not paths:
        return 0
    numbers = [pl.scan_parquet(path).select("record_number") for path in paths]
    return int(pl.concat(numbers).select(pl.col("record_number").drop_nulls().n_unique()).collect().item())


def _rows_by_feed(home: Home, parts: Sequence[Stored]) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for part in parts:
        rows[_feed(part)] += pq.read_metadata(home.raw / part.name).num_rows
    return dict(sorted(rows.items()))


def _columns_by_feed(home: Home, parts: Sequence[Stored]) -> dict[str, list[str]]:
    """Return the contract's columns in which something stands."""
    columns = {}
    for feed in sorted({_feed(part) for part in parts} & FEEDS.keys()):
        paths = [home.raw / part.name for part in parts if _feed(part) == feed]
        filled = pl.scan_parquet(paths).select(pl.all().is_not_null().any()).collect().row(0, named=True)
        columns[feed] = sorted(name for name in contract_columns(FEEDS[feed]).values() if filled.get(name))
    return columns
