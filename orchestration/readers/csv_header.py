"""How a CSV file is written, and where its header stands: on its first line, or below what a report puts above it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.readers.bad_lines import BAD_LINE
from orchestration.readers.findings import FileProblem
from orchestration.readers.text import TextBlock

MOST_LINES_ABOVE = 1_000
"""So many lines are looked at for a header."""
_SEPARATOR_LINE = re.compile(rb'"?sep=.?"?', re.IGNORECASE)

TextOf = Callable[[str], pl.Expr]
"""Gives the text of a column of a record, null where the record has no such field."""


@dataclass(frozen=True)
class HeaderPlace:
    """Where the header stands: on line `row` of the file, or on the first line that has all names of `contains`."""

    row: int | None = None
    contains: tuple[str, ...] = ()


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is written.

    columns: the names of its columns if it has no header. quote: '' if quotes have no meaning. comment: what lines
    begin with that are no records. skip: tells of a record that it is none, such as a line of totals. expected: names
    that its header is known to have.
    """

    encoding: str
    delimiter: str = ","
    columns: tuple[str, ...] = ()
    quote: str = '"'
    comment: str | None = None
    header: HeaderPlace | None = None
    skip: Callable[[TextOf], pl.Expr] | None = None
    expected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """The names of a file's columns as they stand there, on which line, and where in the block it ends."""

    names: list[str]
    line_number: int
    end: int


def found_header(block: TextBlock, form: CsvForm) -> Header:
    """Return the header of a file's first block. Raises FileProblem if there is none where it is said to be."""
    if form.columns:
        return Header(list(form.columns), 1, 0)
    place = form.header or HeaderPlace()
    if place.row is not None:
        return _header_at(block, form, place.row)
    header = _header_with(block, form, place.contains) if place.contains else _first_header(block, form)
    if header is None and place.contains:
        raise FileProblem(
            "header_missing", "contains", details={"columns": list(place.contains), "most": MOST_LINES_ABOVE}
        )
    if header is None:
        raise FileProblem("empty_file", "table")
    return header


def line_of_header(block: TextBlock, form: CsvForm) -> int | None:
    """Return the line further down that looks like the header, having all names that are expected; None if none has."""
    header = _header_with(block, form, form.expected) if form.expected and not (form.columns or form.header) else None
    return header.line_number if header else None


def numbered(names: list[str]) -> list[str]:
    """Return names of columns of which each is one's own: where `time` stands twice, there are time#1 and time#2."""
    times, seen = Counter(names), Counter[str]()
    told = []
    for name in names:
        seen[name] += 1
        told.append(f"{name}#{seen[name]}" if name and times[name] > 1 else name)
    return told


def _lines(block: TextBlock) -> Iterator[tuple[int, int, bytes]]:
    """Yield number, end and bytes of the first lines."""
    start = 0
    for number in range(block.first_line, block.first_line + MOST_LINES_ABOVE):
        end = block.data.find(b"\n", start)
        if end < 0:
            return
        yield number, end + 1, block.data[start:end]
        start = end + 1


def _is_above(line: bytes, form: CsvForm) -> bool:
    """Tell whether a line is none of the table: blank, a comment, or what tells Excel the delimiter."""
    is_comment = form.comment is not None and line.startswith(form.comment.encode())
    return not line.strip() or is_comment or _SEPARATOR_LINE.fullmatch(line) is not None


def _first_header(block: TextBlock, form: CsvForm) -> Header | None:
    for number, end, line in _lines(block):
        if not _is_above(line, form):
            return Header(_names(block, form, number, line), number, end)
    return None


def _header_at(block: TextBlock, form: CsvForm, row: int) -> Header:
    for number, end, line in _lines(block):
        if number == row and line.strip():
            return Header(_names(block, form, number, line), number, end)
    raise FileProblem("header_missing", "row", line_number=row, details={"row": row})


def _header_with(block: TextBlock, form: CsvForm, wanted: tuple[str, ...]) -> Header | None:
    for number, end, line in _lines(block):
        if line != BAD_LINE and all(name.encode() in line for name in map(_without_number, wanted)):
            names = _names(block, form, number, line)
            if {*names, *numbered(names)}.issuperset(wanted):
                return Header(names, number, end)
    return None


def _without_number(name: str) -> str:
    return re.sub(r"#[0-9]+$", "", name).replace('"', "")


def _names(block: TextBlock, form: CsvForm, number: int, line: bytes) -> list[str]:
    if number in block.bad_lines:
        bad = block.bad_lines[number]
        raise FileProblem(bad.check, way="header", line_number=number, value=bad.value, details=bad.details)
    if form.quote:
        try:
            fields = next(csv.reader([line.decode()], delimiter=form.delimiter, quotechar=form.quote))
        except csv.Error as error:
            # No other thing than a name of that length makes this reader fail.
            details = {"most_bytes": csv.field_size_limit()}
            raise FileProblem("line_too_long", way="header", line_number=number, details=details) from error
    else:
        fields = line.decode().split(form.delimiter)
    return [name.strip() for name in fields]
