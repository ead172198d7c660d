"""Look-ups: another file of the same drop that says by which name an agent or a queue goes elsewhere, or what it is.

Of a source that is pulled each file has only what was new, so that all files up to that day are looked up in, and the
later entry of a key counts.
"""

from __future__ import annotations

import fnmatch
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import Field, field_validator

from orchestration.home.names import natural
from orchestration.readers.archived import BROKEN, ArchivedPath, files_at
from orchestration.readers.bytes import plain_name
from orchestration.readers.csv import csv_records
from orchestration.readers.csv_header import CsvForm, numbered
from orchestration.readers.findings import FileProblem, LandingFile
from orchestration.readers.headers import refuse_repeats
from orchestration.readers.json_file import json_records
from orchestration.readers.json_names import keys_of
from orchestration.readers.json_objects import ObjectForm
from orchestration.readers.records import Records
from orchestration.readers.workbook import ENDINGS, SheetForm, workbook_records
from orchestration.sources.files.conditions import Values
from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.files.texts import without_guards
from orchestration.sources.values import EncodingName

MOST_ENTRIES = 2_000_000
JSON_ENDINGS = (".json", ".jsonl", ".ndjson")


class Lookup(RuleSettings):
    """A table of another file, CSV, JSON or a workbook, of the same folder: what stands in `key` is called `value`."""

    file: str
    """Pattern of its name without `.gz` and the like; of several files each adds its rows."""
    key: str
    value: str
    encoding: EncodingName | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str | int | None = None
    records: str | None = None
    """Of JSON: keys that lead to the array of entries, as `records` of a rule."""
    where: tuple[tuple[str, Values], ...] = ()
    """Only entries whose columns have one of these values, written as a mapping."""

    @field_validator("where", mode="before")
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        # A look-up is a key itself, so that what it holds can't be a mapping.
        return tuple(value.items()) if isinstance(value, dict) else value

    @property
    def columns(self) -> list[str]:
        """Return the columns that are read, each once."""
        return list(dict.fromkeys((self.key, self.value, *(name for name, _ in self.where))))


Tables = Mapping[Lookup, Mapping[str, str]]
"""Look-up -> key -> value."""


def lookup_files(file: LandingFile, lookup: Lookup) -> list[Path]:
    """Return the files of a drop that a look-up means, by name, also in archives; links and the file itself are none.

    Raises OSError.
    """
    return _files_in(_drop_of(file), file, lookup)


def _drop_of(file: LandingFile) -> Path:
    return (file.path.archive if isinstance(file.path, ArchivedPath) else file.path).parent


def _pulled_files(file: LandingFile, lookup: Lookup) -> list[Path]:
    """Return the files that a look-up means of this day and those before, in the order of receipt. Raises OSError."""
    drop = _drop_of(file)
    days = [day for day in drop.parent.iterdir() if day.name <= drop.name and day.is_dir() and not day.is_symlink()]
    in_order = (sorted(_files_in(day, file, lookup), key=lambda path: natural(path.name)) for day in sorted(days))
    return [path for files in in_order for path in files]


def _files_in(drop: Path, file: LandingFile, lookup: Lookup) -> list[Path]:
    landed = [path for entry in drop.iterdir() if not entry.is_symlink() for path in files_at(entry)]
    found = [path for path in landed if fnmatch.fnmatchcase(plain_name(path.name), lookup.file)]
    return sorted(path for path in found if path != file.path and path.is_file())


def lookup_fingerprint(file: LandingFile, lookups: Iterable[Lookup]) -> str:
    """Return text that changes whenever a file that is looked up in does, comes or goes."""
    try:
        digests = [
            _digest(path, stat.st_mtime_ns, stat.st_size)
            for lookup in lookups
            for path in lookup_files(file, lookup)
            if (stat := path.stat())
        ]
    except (OSError, *BROKEN):
        # Told where it is read; a file that can be read again is looked up in again.
        return "unread"
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:12]


def lookup_tables(file: LandingFile, lookups: Iterable[Lookup], encoding: str, *, is_pulled: bool = False) -> Tables:
    """Read what is looked up. Raises FileProblem, of the file that looks up."""
    return {lookup: _table(file, lookup, encoding, is_pulled=is_pulled) for lookup in lookups}


@lru_cache(maxsize=1024)
def _digest(path: Path, modified_ns: int, byte_count: int) -> str:
    # Looked at with every file of the drop, and read again only once it changed.
    del modified_ns, byte_count
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _table(file: LandingFile, lookup: Lookup, encoding: str, *, is_pulled: bool) -> Mapping[str, str]:
    paths = _pulled_files(file, lookup) if is_pulled else lookup_files(file, lookup)
    if not paths:
        raise FileProblem("no_lookup_file", details={"pattern": lookup.file})
    try:
        frames = [_kept(path, path.stat().st_mtime_ns, path.stat().st_size, lookup, encoding) for path in paths]
    except FileProblem as problem:
        raise FileProblem(
            "lookup_failed", details={"pattern": lookup.file}, known={"reason": str(problem)}
        ) from problem
    entries = pl.concat(frames).drop_nulls("key")
    if is_pulled:
        entries = entries.unique("key", keep="last", maintain_order=True)
    entries = entries.drop_nulls().unique(maintain_order=True)
    if entries.height > MOST_ENTRIES:
        raise FileProblem("lookup_unclear", "large", details={"pattern": lookup.file, "most": MOST_ENTRIES})
    if entries["key"].n_unique() < entries.height:
        raise FileProblem("lookup_unclear", "differs", details={"pattern": lookup.file, "key": lookup.key})
    return dict(entries.iter_rows())


@lru_cache(maxsize=512)
def _kept(path: Path, modified_ns: int, byte_count: int, lookup: Lookup, encoding: str) -> pl.DataFrame:
    """Return the entries of a file, which is read once for all files of a source that look up in it."""
    del modified_ns, byte_count
    file = LandingFile("", date.min, path.name, path)
    return pl.concat(list(_entries(file, lookup, encoding)))


def _entries(file: LandingFile, lookup: Lookup, encoding: str) -> Iterator[pl.DataFrame]:
    """Yield key and value of the entries; of one that is not meant there is no value."""
    for records in _records(file, lookup, encoding):
        read = records.frame.select(lookup.columns)
        text = without_guards(read.with_columns(pl.all().str.strip_chars()))
        is_meant = pl.all_horizontal(
            pl.lit(value=True), *(pl.col(name).fill_null("").is_in(list(values)) for name, values in lookup.where)
        )
        named = text.select(pl.col(lookup.key).alias("key"), pl.when(is_meant).then(lookup.value).alias("value"))
        yield named.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _records(file: LandingFile, lookup: Lookup, encoding: str) -> Iterator[Records]:
    wanted, name = lookup.columns, plain_name(file.name).lower()
    if lookup.records is not None or name.endswith(JSON_ENDINGS):
        keys = keys_of(lookup.records) if lookup.records is not None else ()
        return _of_json(json_records(file, encoding, ObjectForm(tuple(wanted)), keys, lambda *_: None), lookup)

    def choose(found: list[str]) -> list[str]:
        refuse_repeats(found, wanted, "mapping")
        missing = [one for one in wanted if one not in numbered(found)]
        if missing:
            raise _missing(lookup, missing, len(found))
        return wanted

    if name.endswith(ENDINGS):
        return workbook_records(file, SheetForm(lookup.sheet, expected=tuple(wanted)), choose)
    return csv_records(file, CsvForm(lookup.encoding or encoding, lookup.delimiter), choose)


def _of_json(read: Iterator[Records], lookup: Lookup) -> Iterator[Records]:
    """Give on what was read, once it is known that the columns that name are there."""
    held: set[str] = set()
    for records in read:
        held |= {name for name in lookup.columns if records.frame[name].null_count() < records.frame.height}
        yield records
    missing = [name for name in lookup.columns if name not in held]
    if missing:
        raise _missing(lookup, missing, len(held))


def _missing(lookup: Lookup, missing: list[str], found: int) -> FileProblem:
    known = {"count": found, "rule": lookup.file, "alike": ""}
    return FileProblem(
        "missing_column", "mapping", line_number=1, field=missing[0], details={"columns": missing}, known=known
    )
