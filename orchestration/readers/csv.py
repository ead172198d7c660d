"""Records of a CSV file, one bad line at a time: no line is padded, cut or swallowed by its neighbour.

Every line is first held against the shape of a record (so many fields, quotes in pairs around whole fields). Only lines
of that shape reach the CSV reader; the rest is joined if a quoted field goes over several lines, or rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.readers.bad_lines import BAD_LINE, BadLine
from orchestration.readers.csv_header import CsvForm, Header, found_header, line_of_header, numbered
from orchestration.readers.csv_lines import Shape, join_lines, judged_lines, line_rejects
from orchestration.readers.findings import FileProblem, LandingFile
from orchestration.readers.guards import quoted_guards
from orchestration.readers.records import Records
from orchestration.readers.text import TextBlock, text_blocks

HeaderChoice = Callable[[list[str]], list[str]]
"""Takes a file's header, returns the columns to read; raises FileProblem if the header can't serve."""


@dataclass
class _Reading:
    """Where the reader stands in the file."""

    form: CsvForm
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
            header = found_header(block, form)
            wanted = _chosen(block, form, header, choose)
            shape = Shape(len(header.names), form.delimiter, form.quote)
            reading = _Reading(form, shape, numbered(header.names), wanted)
            data = block.data[header.end :]
            first_line = block.first_line + block.data.count(b"\n", 0, header.end)
        else:
            data = reading.tail + block.data
            first_line = block.first_line - reading.tail.count(b"\n")
        bad_lines = {number: bad for number, bad in bad_lines.items() if number >= first_line} | block.bad_lines
        yield _block_records(reading, data, first_line, bad_lines, is_last=block.is_last)


def _chosen(block: TextBlock, form: CsvForm, header: Header, choose: HeaderChoice) -> list[str]:
    try:
        return choose(header.names)
    except FileProblem as problem:
        row = line_of_header(block, form)
        if row is not None and row != header.line_number:
            raise FileProblem("header_missing", "below", line_number=row, details={"row": row}) from problem
        problem.line_number = header.line_number
        raise


def _block_records(
    reading: _Reading, data: bytes, first_line: int, bad_lines: dict[int, BadLine], *, is_last: bool
) -> Records:
    form, shape = reading.form, reading.shape
    has_quotes = bool(form.quote) and form.quote.encode() in data
    data = quoted_guards(data, shape) if has_quotes and form.quote == '"' else data
    lines = judged_lines(data, first_line, shape, has_quotes=has_quotes, comment=form.comment)
    reading.tail = b""
    if has_quotes:
        lines, tail_from = join_lines(lines, shape, is_last=is_last)
        if tail_from is not None:
            reading.tail = _bytes_from_line(data, tail_from - first_line)
    if form.comment is not None:
        lines = lines.filter(~pl.col("line").str.starts_with(form.comment))
    # Where lines were joined or left out there are fewer of them than in the block.
    may_differ = has_quotes or form.comment is not None
    is_untouched = lines["is_whole"].all() and not reading.tail and not (may_differ and data.count(b"\n") != len(lines))
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
    misshapen = lines.filter(~pl.col("is_whole"))
    told = _without_skipped(reading, misshapen) if form.skip is not None and misshapen.height else misshapen
    skipped = misshapen.height - told.height
    return Records(frame, line_rejects(told, shape, bad_lines), lines.height, skipped)


def _without_skipped(reading: _Reading, lines: pl.DataFrame) -> pl.DataFrame:
    """Leave out lines of another shape that the form says are no records: a line of totals has few fields."""
    form = reading.form
    at = {name: index for index, name in enumerate(reading.header)}
    fields = pl.col("line").str.split(form.delimiter)

    def text_of(column: str) -> pl.Expr:
        return fields.list.get(at[column], null_on_oob=True).str.strip_chars()

    is_plain = ~pl.col("line").str.contains(form.quote or BAD_LINE.decode(), literal=True)
    is_bad = pl.col("line") == BAD_LINE.decode()
    if form.skip is None:
        return lines
    return lines.filter(~(form.skip(text_of).fill_null(value=False) & is_plain & ~is_bad))


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
        quote_char=reading.form.quote if has_quotes else None,
        columns=sorted(at[name] for name in reading.wanted),
    )
    frame.columns = sorted(reading.wanted, key=lambda name: at[name])
    if frame.height != height:
        raise AssertionError(f"the CSV reader made {frame.height} records of {height} lines")
    if has_quotes:
        frame = frame.with_columns(pl.all().replace("", None))
    return frame.select(reading.wanted)
