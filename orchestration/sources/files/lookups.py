"""Look-ups: another file of the same drop that says by which name an agent or a queue goes elsewhere."""

from __future__ import annotations

import fnmatch
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import polars as pl
from pydantic import Field

from orchestration.readers.archived import BROKEN, ArchivedPath, files_at
from orchestration.readers.bytes import plain_name
from orchestration.readers.csv import csv_records
from orchestration.readers.csv_header import CsvForm, numbered
from orchestration.readers.findings import FileProblem, LandingFile
from orchestration.readers.headers import refuse_repeats
from orchestration.readers.records import Records
from orchestration.readers.workbook import ENDINGS, SheetForm, workbook_records
from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.files.texts import without_guards
from orchestration.sources.values import EncodingName

MOST_ENTRIES = 2_000_000


class Lookup(RuleSettings):
    """A table of another file, CSV or a workbook, of the same folder: what stands in `key` is called `value`."""

    file: str
    """Pattern of its name without `.gz` and the like; of several files each adds its rows."""
    key: str
    value: str
    encoding: EncodingName | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str | int | None = None


Tables = Mapping[Lookup, Mapping[str, str]]
"""Look-up -> key -> value."""


def lookup_files(file: LandingFile, lookup: Lookup) -> list[Path]:
    """Return the files of a drop that a look-up means, by name, also in archives; links and the file itself are none.

    Raises OSError.
    """
    drop = (file.path.archive if isinstance(file.path, ArchivedPath) else file.path).parent
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


def lookup_tables(file: LandingFile, lookups: Iterable[Lookup], encoding: str) -> Tables:
    """Read what is looked up. Raises FileProblem, of the file that looks up."""
    return {lookup: _table(file, lookup, encoding) for lookup in lookups}


@lru_cache(maxsize=1024)
def _digest(path: Path, modified_ns: int, byte_count: int) -> str:
    # Looked at with every file of the drop, and read again only once it changed.
    del modified_ns, byte_count
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _table(file: LandingFile, lookup: Lookup, encoding: str) -> Mapping[str, str]:
    paths = lookup_files(file, lookup)
    if not paths:
        raise FileProblem("no_lookup_file", details={"pattern": lookup.file})
    try:
        frames = [
            frame
            for path in paths
            for frame in _entries(LandingFile(file.source, file.day, path.name, path), lookup, encoding)
        ]
    except FileProblem as problem:
        raise FileProblem(
            "lookup_failed", details={"pattern": lookup.file}, known={"reason": str(problem)}
        ) from problem
    entries = pl.concat(frames).drop_nulls().unique(maintain_order=True)
    if entries.height > MOST_ENTRIES:
        raise FileProblem("lookup_unclear", "large", details={"pattern": lookup.file, "most": MOST_ENTRIES})
    if entries["key"].n_unique() < entries.height:
        raise FileProblem("lookup_unclear", "differs", details={"pattern": lookup.file, "key": lookup.key})
    return dict(entries.iter_rows())


def _entries(file: LandingFile, lookup: Lookup, encoding: str) -> Iterator[pl.DataFrame]:
    for records in _records(file, lookup, encoding):
        named = records.frame.select(pl.col(lookup.key).alias("key"), pl.col(lookup.value).alias("value"))
        text = without_guards(named.with_columns(pl.all().str.strip_chars()))
        yield text.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _records(file: LandingFile, lookup: Lookup, encoding: str) -> Iterator[Records]:
    wanted = [lookup.key, lookup.value]

    def choose(found: list[str]) -> list[str]:
        refuse_repeats(found, wanted, "mapping")
        missing = [name for name in wanted if name not in numbered(found)]
        if missing:
            known = {"count": len(found), "rule": lookup.file, "alike": ""}
            raise FileProblem(
                "missing_column", "mapping", line_number=1, field=missing[0], details={"columns": missing}, known=known
            )
        return list(dict.fromkeys(wanted))

    if plain_name(file.name).lower().endswith(ENDINGS):
        return workbook_records(file, SheetForm(lookup.sheet, expected=tuple(wanted)), choose)
    return csv_records(file, CsvForm(lookup.encoding or encoding, lookup.delimiter), choose)
