"""Records of a CSV file, one bad line at a time: no line is padded, cut or swallowed by its neighbour.

Every line is first held against the shape of a record (so many fields, quotes in pairs around whole fields). Only lines
of that shape reach the CSV reader; the rest is joined if a quoted field goes over several lines, or rejected.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.readers.bad_lines import BadLine
from orchestration.readers.csv_lines import Shape, join_lines, judged_lines, line_rejects
from orchestration.readers.findings import FileProblem, LandingFile
from orchestration.readers.records import Records
from orchestration.readers.text import TextBlock, text_blocks

HeaderChoice = Callable[[list[str]], list[str]]
"""Takes a file's header, returns the columns to read; raises FileProblem if the header can't serve."""


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is written; `columns` are the names of its columns if it has no header."""

    encoding: str
    delimiter: str = ","
    columns: tuple[str, ...] = ()


@dataclass
class _Reading:
    """Where the reader stands in the file."""

    shape: Shape
    header: list[str]
    wanted: list[str]
    records_before: int = 0
    tail: bytes = b""  # lines of a record that goes on in the next block


def csv_records(file: LandingFile, form: CsvForm, choose: HeaderChoice) -> Iterator[Records]:
    """Yield the records of a CSV file. Raises FileProblem."""
    reading: _Reading | None = None
    bad_lines: dict[int, BadLine] = {}
    for block in text_blocks(file, form.encoding):
        if reading is None:
            header_end, header = (0, list(form.columns)) if form.columns else _header(block, form.delimiter)
            reading = _Reading(Shape(len(header), form.delimiter), header, choose(header))
            data = block.data[header_end:]
            first_line = block.first_line + block.data.count(b"\n", 0, header_end)
        else:
            data = reading.tail + block.data
            first_line = block.first_line - reading.tail.count(b"\n")
        bad_lines = {number: bad for number, bad in bad_lines.items() if number >= first_line} | block.bad_lines
        yield _block_records(reading, data, first_line, bad_lines, is_last=block.is_last)


def _header(block: TextBlock, delimiter: str) -> tuple[int, list[str]]:
    """Return where the header line ends and its names."""
    start = len(block.data) - len(block.data.lstrip(b"\n"))
    if start == len(block.data):
        raise FileProblem("empty_file", "table")
    end = block.data.find(b"\n", start)
    line = block.data[start:end]
    number = block.first_line + start
    if number in block.bad_lines:
        bad = block.bad_lines[number]
        raise FileProblem(bad.check, way="header", line_number=number, value=bad.value, details=bad.details)
    names = [name.strip() for name in next(csv.reader([line.decode()], delimiter=delimiter))]
    return end + 1, names


def _block_records(
    reading: _Reading, data: bytes, first_line: int, bad_lines: dict[int, BadLine], *, is_last: bool
) -> Records:
    has_quotes = b'"' in data
    lines = judged_lines(data, first_line, reading.shape, has_quotes=has_quotes)
    reading.tail = b""
    if has_quotes:
        lines, tail_from = join_lines(lines, reading.shape, is_last=is_last)
        if tail_from is not None:
            reading.tail = _bytes_from_line(data, tail_from - first_line)
    is_untouched = lines["is_whole"].all() and not reading.tail and not (has_quotes and data.count(b"\n") != len(lines))
    if not is_untouched:
        lines = lines.filter(pl.col("is_whole") | (pl.col("line").str.strip_chars() != ""))
    numbers = pl.int_range(pl.len(), dtype=pl.Int64) + reading.records_before + 1
    lines = lines.with_columns(numbers.alias("record_number"))
    reading.records_before += lines.height
    whole = lines if is_untouched else lines.filter("is_whole")
    if not is_untouched:
        data = ("\n".join(whole["line"].to_list()) + "\n").encode() if whole.height else b""
    frame = pl.concat(
        [whole.select("record_number", "line_number"), _parsed(reading, data, whole.height, has_quotes=has_quotes)],
        how="horizontal",
    )
    rejects = line_rejects(lines.filter(~pl.col("is_whole")), reading.shape, bad_lines)
    return Records(frame, rejects, lines.height)


def _bytes_from_line(data: bytes, lines_before: int) -> bytes:
    # From the end: a record that goes on in the next block began a few lines ago.
    at = len(data)
    for _ in range(data.count(b"\n") - lines_before):
        at = data.rfind(b"\n", 0, at - 1) + 1
    return data[at:]


def _parsed(reading: _Reading, data: bytes, height: int, *, has_quotes: bool) -> pl.DataFrame:
    """Read whole records, one per line; only the wanted columns are built."""
    if height == 0:
        return pl.DataFrame(schema=dict.fromkeys(reading.wanted, pl.String))
    at = {name: index for index, name in enumerate(reading.header)}
    frame = pl.read_csv(
        data,
        has_header=False,
        infer_schema=False,
        separator=reading.shape.delimiter,
        quote_char='"' if has_quotes else None,
        columns=sorted(at[name] for name in reading.wanted),
    )
    frame.columns = sorted(reading.wanted, key=lambda name: at[name])
    if frame.height != height:
        raise AssertionError(f"the CSV reader made {frame.height} records of {height} lines")
    if has_quotes:
        frame = frame.with_columns(pl.all().replace("", None))
    return frame.select(reading.wanted)
