"""The records of the ledger in one file, state/ledger.parquet, of which a run reads again only what is not as it was.

A home of years has thousands of records, and a run asks ten times for all of them: to open and parse each took a tenth
of a day's run after 400 days. The ledger itself stays the only truth; the file may go at any time.
"""

from __future__ import annotations

import glob
import json
import os
from contextlib import suppress
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from orchestration.home.durable import put_file
from orchestration.home.paths import Home
from orchestration.home.sql_text import text_literal

LEDGER_COLUMNS = {
    "source_id": "VARCHAR",
    "landing_day": "DATE",
    "file_name": "VARCHAR",
    "file_hash": "VARCHAR",
    "byte_count": "BIGINT",
    "taken_at": "TIMESTAMPTZ",
    "state": "VARCHAR",
    "records_read": "BIGINT",
    "records_accepted": "BIGINT",
    "records_quarantined": "BIGINT",
    "records_duplicate": "BIGINT",
    "records_ignored": "BIGINT",
    "ignored_by_kind": "JSON",
    "rows_by_feed": "JSON",
    "columns_by_feed": "MAP(VARCHAR, VARCHAR[])",
    "first_at": "TIMESTAMPTZ",
    "last_at": "TIMESTAMPTZ",
    "message": "VARCHAR",
    "remarks": "JSON",
    "file_columns": "MAP(VARCHAR, VARCHAR)",
}
"""A stated structure, so that no value is guessed from its looks."""

_STAMPS = {
    "record_path": pl.String(),
    "record_size": pl.Int64(),
    "record_modified_ns": pl.Int64(),
    "record_inode": pl.UInt64(),
}
"""A record is put in place whole, as a file of its own: one with the same of all these holds the same."""


def ledger(connection: duckdb.DuckDBPyConnection, home: Home) -> duckdb.DuckDBPyRelation:
    """Return the ledger of a home as a relation with LEDGER_COLUMNS, one row per file; empty without files.

    What is no record any more is left out: reading here tells, and a run takes the file again. Nothing is written:
    whoever only looks at a home leaves it as it is.
    """
    columns = ", ".join(f"{name}::{kind} as {name}" for name, kind in LEDGER_COLUMNS.items())
    return connection.from_arrow(ledger_records(home)).filter("source_id is not null").select(columns)


_last_read: dict[Path, tuple[pl.DataFrame, pa.Table]] = {}


def ledger_records(home: Home) -> pa.Table:
    """Return what `ledger` gives, before it is a relation: the same object as long as no record changes."""
    stamps = _stamps(home)
    last = _last_read.get(home.ledger)
    if last is not None and last[0].equals(stamps):
        return last[1]
    with _connected(stamps) as reading:
        _read_known(reading, index_file(home))
        _find_fresh(reading, home)
        records = reading.execute(_RECORDS).to_arrow_table()
    _last_read.clear()
    _last_read[home.ledger] = (stamps, records)
    return records


def index_file(home: Home) -> Path:
    """Return where the records lie together."""
    return home.state / "ledger.parquet"


def ensure_index(home: Home) -> Path:
    """Have the file there as the ledger is now, for dbt to read, and return it."""
    index = index_file(home)
    with _connected(_stamps(home)) as connection:
        there = _read_known(connection, index)
        fresh = _find_fresh(connection, home)
        if fresh or there != _count(connection, "stamps"):
            copied = "copy ({}) to {} (format parquet)"
            put_file(index, lambda part: connection.execute(copied.format(_RECORDS, text_literal(part))))
    return index


def _connected(stamps: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.register("stamps", stamps)
    return connection


def _stamps(home: Home) -> pl.DataFrame:
    rows = []
    # Text and not Path: each of thousands of records is looked at.
    for path in glob.glob("*/*/*.json", root_dir=home.ledger, include_hidden=True):  # noqa: PTH207
        # One that goes while it is looked for is none.
        with suppress(FileNotFoundError):
            found = os.stat(f"{home.ledger}/{path}")  # noqa: PTH116
            rows.append((path, found.st_size, found.st_mtime_ns, found.st_ino))
    return pl.DataFrame(sorted(rows), schema=_STAMPS, orient="row")


def _read_known(connection: duckdb.DuckDBPyConnection, index: Path) -> int | None:
    """Make the table `known` of what is as it was read; return how many records the file has, None if none is there."""
    columns, stamps = ", ".join([*_STAMPS, *LEDGER_COLUMNS]), ", ".join(_STAMPS)
    there = f"read_parquet({text_literal(index)})"
    try:
        connection.execute(f"create table known as select {columns} from {there} semi join stamps using ({stamps})")  # noqa: S608
        return _count(connection, there)
    except duckdb.Error:
        # Not there yet, damaged, or of a version with other columns.
        connection.execute(_NOTHING_KNOWN)
        return None


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (count,) = connection.execute(f"select count(*) from {table}").fetchall()[0]  # noqa: S608
    return int(count)


def _find_fresh(connection: duckdb.DuckDBPyConnection, home: Home) -> int:
    """Read the texts of records that are not known; return how many."""
    found = connection.execute("select record_path from stamps anti join known using (record_path)").fetchall()
    paths = [path for (path,) in found]
    texts = [_text(f"{home.ledger}/{path}") for path in paths]
    schema = {"record_path": pl.String, "content": pl.String}
    connection.register("contents", pl.DataFrame({"record_path": paths, "content": texts}, schema=schema))
    return len(paths)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


_NO_COLUMNS = {**dict.fromkeys(_STAMPS, "VARCHAR"), **LEDGER_COLUMNS}
_NOTHING_KNOWN = f"""
create table known as
select {", ".join(f"null::{kind} as {name}" for name, kind in _NO_COLUMNS.items())}
limit 0
"""
_RECORDS = f"""
select * from known
union all by name
select
    stamps.*,
    unnest(if(
        json_valid(contents.content)
        and json_extract_string(contents.content, '$.source_id') is not null
        and json_extract_string(contents.content, '$.file_name') is not null
        and try_cast(json_extract_string(contents.content, '$.landing_day') as date) is not null,
        try(from_json(contents.content, {text_literal(json.dumps(LEDGER_COLUMNS))})),
        null
    ))
from contents
inner join stamps using (record_path)
"""  # noqa: S608
