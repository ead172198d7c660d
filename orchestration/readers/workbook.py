"""Records of a sheet of an Excel or OpenDocument workbook, as text; the line of a record is its row in the sheet.

A cell that is a date or an instant becomes 2026-01-05 or 2026-01-05 10:00:00, a clock time or length of time 36:00:00,
a number plain digits, a flag true or false; a formula that gave an error is empty.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import polars as pl
import pyarrow as pa

from orchestration.readers.archived import ArchivedPath
from orchestration.readers.bytes import COMPRESSED_ENDINGS, WEB_PAGE_MARKS, pieces
from orchestration.readers.csv import HeaderChoice
from orchestration.readers.csv_header import MOST_LINES_ABOVE, HeaderPlace, numbered
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.readers.records import Records
from orchestration.readers.unpacking import Unpacking
from orchestration.readers.workbook_cells import meant_text

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ONE_AT_A_TIME = threading.Lock()
"""Several files are taken at once, and a sheet may take as much memory as a machine can spare."""
PROCESS = Path(__file__).with_name("workbook_process.py")


@dataclass(frozen=True)
class SheetForm:
    """Which sheet is read, by name or number from 1 (the only one with cells if absent), and how it is written."""

    sheet: str | int | None = None
    columns: tuple[str, ...] = ()
    header: HeaderPlace | None = None
    expected: tuple[str, ...] = ()


def workbook_records(file: LandingFile, form: SheetForm, choose: HeaderChoice) -> Iterator[Records]:
    """Yield the records of one sheet, all at once, since a sheet has a million rows at most. Raises FileProblem."""
    with _unpacked(file) as opened:
        _refuse_bomb_or_text(file, opened)
        cells = _cells(opened, form.sheet)
    if not cells.height:
        raise FileProblem("empty_file", "table")
    names, row = _header(cells, form)
    try:
        # Beyond the last name there may be a cell that somebody touched, as far away as a sheet goes.
        wanted = choose(_without_end(names))
    except FileProblem as problem:
        raise _better_told(problem, cells, form, names, row) from problem
    _refuse_merged(cells, names, row, wanted)
    at = {name: index for index, name in enumerate(numbered(names))}
    table = cells.slice(row).select(
        (pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + row).alias("line_number"),
        pl.any_horizontal(pl.all().is_not_null()).alias("is_filled"),
        *(meant_text(cells.columns[at[name]], cells.slice(row)).alias(name) for name in wanted),
    )
    frame = table.filter("is_filled").drop("is_filled")
    frame = frame.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("record_number"), pl.all())
    yield Records(frame, reject_frame(), frame.height)


def _unpacked(file: LandingFile) -> IO[bytes]:
    if file.path.suffix.lower() not in COMPRESSED_ENDINGS and not isinstance(file.path, ArchivedPath):
        return file.path.open("rb")
    unpacked = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with its reader
    for piece in pieces(file.path):
        unpacked.write(piece)
    unpacked.seek(0)
    return unpacked


def _refuse_bomb_or_text(file: LandingFile, opened: IO[bytes]) -> None:
    """Refuse what would become too large, by what the archive says of itself, and what is no workbook at all."""
    beginning = opened.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    opened.seek(0)
    if not beginning:
        raise FileProblem("empty_file", "table")
    if beginning.startswith(WEB_PAGE_MARKS):
        raise FileProblem("not_a_workbook", details={"kind": "HTML"})
    if beginning.startswith(b"pk"):
        try:
            sizes = [member.file_size for member in zipfile.ZipFile(opened).infolist()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileProblem("damaged_workbook", details={"error": type(error).__name__}) from error
        Unpacking(file.path).add(sum(sizes))
        opened.seek(0)
    elif not beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem("not_a_workbook", details={"kind": "text"})


def _cells(opened: IO[bytes], sheet: str | int | None) -> pl.DataFrame:
    """Return the cells of the sheet as text. Raises FileProblem."""
    way = "only" if sheet is None else "number" if isinstance(sheet, int) else "name"
    with tempfile.TemporaryFile() as told:
        # -P: its folder has modules of the names of Python's own.
        # What Python has read ahead, the other process would miss.
        os.lseek(opened.fileno(), 0, os.SEEK_SET)
        command = [sys.executable, "-P", str(PROCESS), way, str(sheet or "")]
        with _ONE_AT_A_TIME:
            done = subprocess.run(command, stdin=opened, stdout=told, stderr=subprocess.PIPE, check=False)  # noqa: S603
        if done.returncode:
            is_memory = b"memory" in done.stderr.lower() or done.returncode < 0
            raise (
                FileProblem("workbook_too_large")
                if is_memory
                else FileProblem("damaged_workbook", details={"error": f"code {done.returncode}"})
            )
        told.seek(0)
        table = pa.ipc.open_stream(told).read_all()
    said = json.loads(table.schema.metadata[b"told"])
    if problem := said.get("problem"):
        raise _problem(problem, said)
    cells = pl.DataFrame(table) if table.num_columns else pl.DataFrame()
    return cells.with_columns(pl.when(pl.all().str.strip_chars() != "").then(pl.all())) if cells.height else cells


def _problem(problem: str, said: dict[str, object]) -> FileProblem:
    if problem == "several_sheets":
        return FileProblem("several_sheets", details={"sheets": said["sheets"]})
    if problem == "no_such_sheet":
        return FileProblem("no_such_sheet", details={"sheets": said["sheets"]})
    return FileProblem("damaged_workbook", details={"error": said["error"]})


def _header(cells: pl.DataFrame, form: SheetForm) -> tuple[list[str], int]:
    """Return the names of the columns, and the row of the header, 0 if there is none. Raises FileProblem."""
    if form.columns:
        names = list(form.columns)[: cells.width]
        return [*names, *[""] * (cells.width - len(names))], 0
    place = form.header or HeaderPlace()
    top = [_names(row) for row in cells.head(MOST_LINES_ABOVE).rows()]
    if place.row is not None:
        if place.row > len(top) or not any(top[place.row - 1]):
            raise FileProblem("header_missing", "row", line_number=place.row, details={"row": place.row})
        return top[place.row - 1], place.row
    if place.contains:
        found = _row_with(top, place.contains)
        if found is None:
            raise FileProblem(
                "header_missing", "contains", details={"columns": list(place.contains), "most": MOST_LINES_ABOVE}
            )
        return top[found - 1], found
    row = next((number for number, names in enumerate(top, start=1) if any(names)), None)
    if row is None:
        raise FileProblem("empty_file", "table")
    return top[row - 1], row


def _names(row: tuple[str | None, ...]) -> list[str]:
    # A name that goes over two lines of its cell is one name.
    return [" ".join((name or "").split()) for name in row]


def _without_end(names: list[str]) -> list[str]:
    last = max((at for at, name in enumerate(names, start=1) if name), default=0)
    return names[:last]


def _row_with(top: list[list[str]], wanted: tuple[str, ...]) -> int | None:
    rows = enumerate(top, start=1)
    return next((number for number, names in rows if {*names, *numbered(names)}.issuperset(wanted)), None)


def _better_told(problem: FileProblem, cells: pl.DataFrame, form: SheetForm, names: list[str], row: int) -> FileProblem:
    problem.line_number = row or None
    top = [_names(found) for found in cells.head(MOST_LINES_ABOVE).rows()]
    below = _row_with(top, form.expected) if form.expected and not (form.columns or form.header) else None
    if below is not None and below != row:
        return FileProblem("header_missing", "below", line_number=below, details={"row": below})
    if problem.check == "missing_column" and any(_is_merged(cells, names, row, at) for at in range(len(names))):
        return FileProblem("merged_header", line_number=row, field=problem.field, details={"row": row})
    return problem


def _refuse_merged(cells: pl.DataFrame, names: list[str], row: int, wanted: list[str]) -> None:
    """Refuse a header whose name stands over several columns: which of them is meant nobody knows."""
    for at, name in enumerate(numbered(names)):
        if row and name in wanted and _is_merged(cells, names, row, at):
            raise FileProblem("merged_header", line_number=row, field=name, details={"row": row})


def _is_merged(cells: pl.DataFrame, names: list[str], row: int, at: int) -> bool:
    has_name = bool(names[at]) and at + 1 < len(names) and not names[at + 1]
    return has_name and cells.slice(row)[:, at + 1].is_not_null().any()
