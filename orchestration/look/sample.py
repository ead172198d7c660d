"""Records of a file that is looked at: as the file's own readers give them, up to so many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from orchestration.look.nested import Nested, nested_of
from orchestration.look.table import Table, rows_of_texts, table_of
from orchestration.look.written import BEGINNING_BYTES, Written, how_written
from orchestration.readers.archived import is_archive, members_of
from orchestration.readers.csv import csv_records
from orchestration.readers.csv_header import MOST_LINES_ABOVE, CsvForm, HeaderPlace, numbered
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.readers.headers import MAX_COLUMNS, refuse_repeats, refuse_too_many
from orchestration.readers.json_file import json_records
from orchestration.readers.json_names import keys_of
from orchestration.readers.json_objects import ObjectForm
from orchestration.readers.jsonl import jsonl_records
from orchestration.readers.parquet import parquet_records
from orchestration.readers.records import Records
from orchestration.readers.workbook import SheetForm, workbook_records

MOST_RECORDS = 200_000
MOST_CELLS = 4_000_000
MOST_BYTES = 64_000_000
FEWEST_RECORDS = 500
"""So many are looked at however many columns they have, or how long their texts are."""
_OWN = ("record_number", "line_number")


@dataclass(frozen=True)
class Looked:
    """A file's form and some of its records.

    frame: record_number, line_number and every column as text. is_whole: all records of the file are in it.
    sheet, sheets: the one that was read, and how many there are. table, nested: as the kind of the file has it.
    """

    path: Path
    written: Written
    frame: pl.DataFrame
    rejects: pl.DataFrame = field(default_factory=reject_frame)
    is_whole: bool = True
    table: Table | None = None
    nested: Nested | None = None
    sheet: str | int | None = None
    sheets: int = 1
    problem: FileProblem | None = None

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns that hold something or stand in a header."""
        return [name for name in self.frame.columns if name not in _OWN]


def look_at(path: Path, sheet: str | int | None = None, columns: tuple[str, ...] = ()) -> Looked:
    """Return the form of a file and its first records; `columns` names those of a table without a header.

    Raises FileProblem, or OSError if it can't be read.
    """
    if is_archive(path):
        # Whole archives are looked at by their files; this one has to be refused.
        members_of(path)
    written = how_written(path)
    file = LandingFile("look", date.today(), path.name, path)  # noqa: DTZ011 - no reader asks for the day
    match written.kind:
        case "csv":
            return _table_looked_at(file, written, columns)
        case "workbook":
            return _sheet_looked_at(file, written, sheet)
        case "parquet":
            return _sampled(Looked(path, written, pl.DataFrame()), parquet_records(file, _each_once))
        case kind:
            nested = nested_of(written.beginning, has_lines=kind == "jsonl")
            form, told = ObjectForm(nested.columns), Looked(path, written, pl.DataFrame(), nested=nested)
            if kind == "jsonl":
                return _sampled(told, jsonl_records(file, written.encoding, form, lambda *_: None))
            path_of_records = keys_of(nested.records) if nested.records else ()
            return _sampled(told, json_records(file, written.encoding, form, path_of_records, lambda *_: None))


def look_within(looked: Looked, name: str) -> Looked:
    """Return the records that a file of JSON has with one of its lists unrolled, `^` before what is around it."""
    nested = looked.nested or Nested("", (), {})
    form = ObjectForm((*nested.inside[name], *(f"^{column}" for column in nested.columns)), (name,), keeps_empty=True)
    file, encoding = LandingFile("look", date.today(), looked.path.name, looked.path), looked.written.encoding  # noqa: DTZ011
    if looked.written.kind == "jsonl":
        return _sampled(looked, jsonl_records(file, encoding, form, lambda *_: None))
    path = keys_of(nested.records) if nested.records else ()
    return _sampled(looked, json_records(file, encoding, form, path, lambda *_: None))


def _table_looked_at(file: LandingFile, written: Written, columns: tuple[str, ...]) -> Looked:
    table = table_of(written.beginning, is_whole=len(written.beginning.encode()) < BEGINNING_BYTES)
    table = replace(table, columns=columns, header_line=None, lines_above=0) if columns else table
    place = HeaderPlace(table.header_line) if table.header_line else None
    form = CsvForm(written.encoding, table.delimiter, () if place else table.columns, header=place)
    return _sampled(Looked(file.path, written, pl.DataFrame(), table=table), csv_records(file, form, _all_named))


def _sheet_looked_at(file: LandingFile, written: Written, sheet: str | int | None) -> Looked:
    """Look at one sheet; where several have cells and none was asked for, at the first of them."""
    columns = tuple(f"column_{number}" for number in range(1, MAX_COLUMNS + 1))
    sheets = 1
    try:
        records = next(workbook_records(file, SheetForm(sheet, columns), _all_named))
    except FileProblem as problem:
        if problem.check != "several_sheets":
            raise
        sheets, sheet = int(str((problem.details or {})["sheets"])), 0
        records = None
    while records is None:
        sheet = int(sheet or 0) + 1
        try:
            records = next(workbook_records(file, SheetForm(sheet, columns), _all_named))
        except FileProblem as problem:
            if problem.check != "empty_file" or sheet >= sheets:
                raise
    return _below_header(Looked(file.path, written, records.frame, sheet=sheet, sheets=sheets))


def _below_header(looked: Looked) -> Looked:
    """Find the header among the first rows of a sheet, and take what is below it for records."""
    cells = looked.frame
    found = rows_of_texts(cells.drop(*_OWN).head(MOST_LINES_ABOVE).rows())
    if found is None:
        return replace(looked, table=Table("", tuple(looked.columns), None))
    at, names = found
    named = {old: new for old, new in zip(looked.columns, numbered(list(names)), strict=False) if new}
    frame = cells.slice(at).select(*_OWN, *named).rename(named)
    frame = frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("record_number"))
    table = Table("", names, int(cells["line_number"][at - 1]), at - 1)
    return replace(looked, frame=frame, table=table)


def _all_named(found: list[str]) -> list[str]:
    """Choose every column that has a name."""
    refuse_too_many(len(found))
    names = [name for name in numbered(found) if name]
    if not names:
        raise FileProblem("no_header")
    return names


def _each_once(found: list[str]) -> list[str]:
    refuse_repeats(found, found)
    return found


def _most(frames: list[pl.DataFrame]) -> int:
    """Return how many records are looked at of such ones: fewer of wide ones, and of those with long texts."""
    height, cells = sum(frame.height for frame in frames), sum(frame.height * frame.width for frame in frames)
    size = sum(frame.estimated_size() for frame in frames)
    shares = (height * most / max(1, found) for most, found in ((MOST_CELLS, cells), (MOST_BYTES, size)))
    return min(MOST_RECORDS, *(max(FEWEST_RECORDS, int(share)) for share in shares))


def _sampled(looked: Looked, records: Iterator[Records]) -> Looked:
    """Return the first records that a reader gives; what it comes to grief on is kept beside them."""
    frames, rejects, problem, is_whole = [], [], None, False
    try:
        for read in records:
            frames.append(read.frame)
            rejects.append(read.rejects)
            if sum(frame.height for frame in frames) >= _most(frames):
                break
        else:
            is_whole = True
    except FileProblem as found:
        if not frames:
            raise
        problem = found
    most = _most(frames)
    frame = pl.concat([frame.cast({pl.selectors.exclude(*_OWN): pl.String}) for frame in frames], how="diagonal")
    return replace(
        looked,
        frame=frame.head(most),
        rejects=pl.concat(rejects),
        is_whole=is_whole and frame.height <= most,
        problem=problem,
    )
