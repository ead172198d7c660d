"""The record of every publication in history/, each sealed by the next: nothing of it is changed, cut or lost unseen.

history/record/<number>.json names the files of its publication with their digests, and the digest of the record before
it. Published is what history/published.json names: a record ahead of it is of a publication that was cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from orchestration.home.durable import ensure_frame, put_file, put_text, remove, set_aside, sync
from orchestration.home.errors import ScorehouseError
from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.paths import Home
from orchestration.warehouse.history.kept import keep_closed_values
from orchestration.warehouse.history.orders import forget_orders, rows_of, waiting_orders
from orchestration.warehouse.history.shape import TABLES

REMEDY = (
    "Remedy: put history/ back from a backup. Where there is none, "
    '`scorehouse history --begin-anew "what happened"` goes on without it and says so in every file from then on.'
)
_START = ""
_EMPTY = 0


class HistoryError(ScorehouseError, RuntimeError):
    """What was published earlier can't be told any more; nothing is published before a person has decided."""


@dataclass(frozen=True)
class Record:
    """One publication: its number, what it says of itself, and the digest of its record."""

    number: int
    said: Mapping[str, Any]
    digest: str

    @property
    def build(self) -> str:
        """Return the digest of the build that was published."""
        return str(self.said["build"])


class HistoryStore:
    """The publications of a home, in their order."""

    def __init__(self, home: Home) -> None:
        self.root = home.history
        self._home = home

    def ensure_empty(self) -> None:
        """Give dbt a file without rows of each table, so that it finds its columns before anything was published."""
        for table, schema in TABLES.items():
            ensure_frame(self.file(table, _EMPTY), pl.DataFrame(schema=schema))

    def file(self, table: str, number: int) -> Path:
        """Return the place of one publication's rows of a table."""
        return self.root / table / f"{number:06d}.parquet"

    def records(self) -> list[Record]:
        """Return all publications, also one that was cut off. Raises HistoryError unless each is sealed by the next."""
        found: list[Record] = []
        paths = sorted((self.root / "record").glob("*.json"))
        before = _START
        for number, path in enumerate(paths, start=1):
            said = read_kept(path)
            if path.stem != f"{number:06d}" or said is None:
                raise HistoryError(f"{self._place(number)}: is missing or can't be read. {REMEDY}")
            if said.get("before") != before:
                raise HistoryError(f"{self._place(number - 1)}: is not the record that the next one seals. {REMEDY}")
            before = _digest(path)
            found.append(Record(number, said, before))
        return found

    def published(self) -> int:
        """Return the number of the last publication that was put in place; 0 before the first."""
        return int((read_kept(self.root / "published.json") or {}).get("number", 0))

    def prepare(self) -> None:
        """Have the history as the next build is to read it. Raises HistoryError where it is not whole."""
        self.follow(self._home.published_file)
        published = len(self.check())
        for folder in ("record", *TABLES):
            for path in (self.root / folder).glob("*"):
                if path.stem.isdigit() and int(path.stem) > published:
                    remove(path)
        self.ensure_empty()
        self._prepare_next(published + 1)

    def _prepare_next(self, number: int) -> None:
        """Have what only the next build obeys and keeps lie where dbt reads it; a publication seals it."""
        keep_closed_values(self._home, self.file("kept_value", number), number)
        waiting = waiting_orders(self._home)
        if waiting:
            put_file(self.file("restate_order", number), rows_of(waiting, number).write_parquet, on_disk=True)

    def follow(self, published_file: Path) -> None:
        """Take the number of the file that is in place for what is published: a run may have ended before it said so.

        Raises HistoryError if the file is of a publication that is not on record.
        """
        number, marked = number_in(published_file), self.published()
        if number == marked + 1 and (self.root / "record" / f"{number:06d}.json").exists():
            self.confirm(number)
        elif number > marked and not self.begun_anew():
            raise HistoryError(
                f"history/: the published file is publication {number}, and {marked} are on record. {REMEDY}"
            )

    def begin_anew(self, why: str) -> Path | None:
        """Move the history aside and go on without it; every file from then on says why. Returns where it lies now."""
        aside = set_aside(self._home, self.root) if self.root.exists() else None
        write_kept(self.root / "published.json", {"number": 0, "begun_anew": why})
        return aside

    def begun_anew(self) -> str:
        """Return why a person went on without an earlier history, until that is published; else empty."""
        return str((read_kept(self.root / "published.json") or {}).get("begun_anew", ""))

    def confirm(self, number: int) -> None:
        """Say that a publication is in place."""
        write_kept(self.root / "published.json", {"number": number})
        forget_orders(self._home, self.file("restate_order", number))

    def prepared(self, table: str, number: int) -> pl.DataFrame:
        """Return the rows that the build of a publication was to read beside those of all before it."""
        path = self.file(table, number)
        return pl.read_parquet(path) if path.is_file() else pl.DataFrame(schema=TABLES[table])

    def check(self) -> list[Record]:
        """Return the publications up to the last one in place. Raises HistoryError where one of them is not whole."""
        records, published = self.records(), self.published()
        if len(records) not in {published, published + 1}:
            raise HistoryError(
                f"history/: {len(records)} publications are on record, {published} were put in place. {REMEDY}"
            )
        for record in records[:published]:
            for fault in self.faults(record, deep=record.number == published):
                raise HistoryError(f"{fault}. {REMEDY}")
        return records[:published]

    def faults(self, record: Record, *, deep: bool) -> list[str]:
        """Return what is wrong with the files of a publication: by their sizes, or `deep`, to the last byte."""
        faults = []
        for name, told in record.said["files"].items():
            path = self.root / name
            if not path.is_file():
                faults.append(f"history/{name}: is gone")
            elif path.stat().st_size != told["bytes"] or (deep and _digest(path) != told["sha256"]):
                faults.append(f"history/{name}: is not as it was written")
        return faults

    def write(self, number: int, frames: Mapping[str, pl.DataFrame], said: Mapping[str, Any], before: str) -> None:
        """Put one publication's rows in place, then its record, which makes them count; on disk when this returns."""
        files: dict[str, dict[str, object]] = {}
        for table, rows in frames.items():
            path = self.file(table, number)
            put_file(path, rows.select(list(TABLES[table])).write_parquet, on_disk=True)
            files[path.relative_to(self.root).as_posix()] = {"bytes": path.stat().st_size, "sha256": _digest(path)}
            sync(path.parent)
        record = {"number": number, "before": before, "files": files, **said}
        place = self.root / "record" / f"{number:06d}.json"
        put_text(place, json.dumps(record, indent=1, default=str))
        sync(place.parent)

    def _place(self, number: int) -> str:
        return f"history/record/{number:06d}.json"


def number_in(published_file: Path) -> int:
    """Return the number of the publication that a file is; 0 without one: no file, a damaged or an older version's."""
    try:
        return _number_in(published_file) if published_file.is_file() else 0
    except duckdb.Error:
        return 0


def _number_in(published_file: Path) -> int:
    with duckdb.connect(str(published_file), read_only=True) as connection:
        is_there = connection.execute("select 1 from duckdb_tables() where table_name = 'fct_publication'").fetchone()
        found = connection.execute("select max(publication) from scorecard.fct_publication") if is_there else None
        row = found.fetchone() if found else None
        return int(row[0]) if row and row[0] is not None else 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
