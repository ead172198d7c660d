"""Records of a CSV file, one bad line at a time: no line is padded, cut or swallowed by its neighbour.

Every line is first held against the shape of a record (so many fields, quotes in pairs around whole fields). Only lines
of that shape reach the CSV reader; the rest is joined if a quoted field goes over several lines, or rejected.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.landing_records import Records
from orchestration.landing_text import BAD_LINE, BadLine, TextBlock, text_blocks
from orchestration.sources.base import FileProblem, LandingFile, Reject, reject_frame

# A quoted field may hold line ends; one that goes on longer than this is a quote that was never closed.
MAX_JOINED_LINES = 1_000

HeaderChoice = Callable[[list[str]], list[str]]
"""Takes a file's header, returns the columns to read; raises FileProblem if the header can't serve."""


@dataclass(frozen=True)
class _Shape:
    """The form of one record: its number of fields and its delimiter."""

    fields: int
    delimiter: str

    @property
    def _field(self) -> str:
        return f'(?:"(?:[^"]|"")*"|[^"{re.escape(self.delimiter)}]*)'

    @property
    def whole(self) -> str:
        """Pattern of a record whose quotes all pair up around whole fields."""
        return f"(?s)^{self._field}(?:{re.escape(self.delimiter)}{self._field}){{{self.fields - 1}}}$"

    @property
    def open(self) -> str:
        """Pattern of a record that breaks off within a quoted field."""
        return f'(?s)^(?:{self._field}{re.escape(self.delimiter)}){{0,{self.fields - 1}}}"(?:[^"]|"")*$'


@dataclass
class _Reading:
    """Where the reader stands in the file."""

    shape: _Shape
    header: list[str]
    wanted: list[str]
    records_before: int = 0
    tail: bytes = b""  # lines of a record that goes on in the next block


def csv_records(file: LandingFile, encoding: str, delimiter: str, choose: HeaderChoice) -> Iterator[Records]:
    """Yield the records of a CSV file with a header. Raises FileProblem."""
    reading: _Reading | None = None
    bad_lines: dict[int, BadLine] = {}
    for block in text_blocks(file, encoding):
        if reading is None:
            header_end, header = _header(block, delimiter)
            reading = _Reading(_Shape(len(header), delimiter), header, choose(header))
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
        raise FileProblem(
            "empty_file", "The file is empty.", "Drop the file again with its header and records, or remove it."
        )
    end = block.data.find(b"\n", start)
    line = block.data[start:end]
    number = block.first_line + start
    if number in block.bad_lines:
        bad = block.bad_lines[number]
        raise FileProblem(bad.check, f"Header: {bad.message}", bad.remedy, line_number=number, value=bad.value)
    names = [name.strip() for name in next(csv.reader([line.decode()], delimiter=delimiter))]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FileProblem(
            "duplicate_column",
            f"The header names {', '.join(twice)} more than once.",
            "Give each column a name of its own.",
            line_number=number,
            field=twice[0],
        )
    return end + 1, names


def _block_records(
    reading: _Reading, data: bytes, first_line: int, bad_lines: dict[int, BadLine], *, is_last: bool
) -> Records:
    has_quotes = b'"' in data
    lines = _judged_lines(data, first_line, reading.shape, has_quotes=has_quotes)
    reading.tail = b""
    if has_quotes:
        lines, tail_from = _joined(lines, reading.shape, is_last=is_last)
        if tail_from is not None:
            reading.tail = _bytes_from_line(data, tail_from - first_line)
    is_untouched = lines["is_whole"].all() and not reading.tail and not (has_quotes and data.count(b"\n") != len(lines))
    lines = lines.filter(pl.col("is_whole") | (pl.col("line").str.strip_chars() != ""))
    lines = lines.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("record_number"))
    lines = lines.with_columns(pl.col("record_number") + reading.records_before)
    reading.records_before += lines.height
    whole = lines.filter("is_whole")
    if not is_untouched:
        data = ("\n".join(whole["line"].to_list()) + "\n").encode() if whole.height else b""
    frame = pl.concat(
        [whole.select("record_number", "line_number"), _parsed(reading, data, whole.height, has_quotes=has_quotes)],
        how="horizontal",
    )
    rejects = _rejects(lines.filter(~pl.col("is_whole")), reading.shape, bad_lines)
    return Records(frame, rejects, lines.height)


def _judged_lines(data: bytes, first_line: int, shape: _Shape, *, has_quotes: bool) -> pl.DataFrame:
    """Return line_number, line and is_whole: whether the line by itself has the shape of a record."""
    line = pl.col("line")
    if has_quotes:
        is_whole = line.str.contains(shape.whole)
    else:
        is_whole = line.str.count_matches(shape.delimiter, literal=True) == shape.fields - 1
    if shape.fields == 1:
        is_whole &= line != ""
    return pl.read_lines(data).select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("line_number") + first_line,
        line,
        (is_whole & (line != BAD_LINE.decode())).alias("is_whole"),
    )


def _joined(lines: pl.DataFrame, shape: _Shape, *, is_last: bool) -> tuple[pl.DataFrame, int | None]:
    """Join the lines of quoted fields that hold line ends (these become spaces).

    Returns the lines, and the number of the line from which on a record goes on in the next block. Walks only the
    lines that end within an open quote.
    """
    suspects = lines.with_row_index("at").filter(
        ~pl.col("is_whole") & (pl.col("line").str.count_matches('"', literal=True) % 2 == 1)
    )
    joined: dict[int, str] = {}
    swallowed: list[int] = []
    next_free = 0
    for at in suspects["at"].to_list():
        if at < next_free:
            continue
        following = lines["line"].slice(at, MAX_JOINED_LINES).to_list()
        count = _lines_of_record(following, shape)
        if count:
            joined[at] = " ".join(following[:count])
            swallowed += range(at + 1, at + count)
            next_free = at + count
        elif count is None and not is_last and len(following) < MAX_JOINED_LINES:
            tail_from = int(lines["line_number"][at])
            return _with_joined(lines.head(at), joined, swallowed), tail_from
    return _with_joined(lines, joined, swallowed), None


def _lines_of_record(following: list[str], shape: _Shape) -> int | None:
    """Return how many lines the record takes that opens in the first: 0 = no record, None = it is still open."""
    text = following[0]
    if not re.match(shape.open, text):
        return 0
    for count, line in enumerate(following[1:], start=2):
        text = f"{text}\n{line}"
        if '"' not in line:
            continue
        if re.match(shape.whole, text):
            return count
        if not re.match(shape.open, text):
            return 0
    return None


def _with_joined(lines: pl.DataFrame, joined: dict[int, str], swallowed: list[int]) -> pl.DataFrame:
    if not joined:
        return lines
    texts = pl.DataFrame(
        {"at": list(joined), "text": list(joined.values())}, schema={"at": pl.UInt32, "text": pl.String}
    )
    return (
        lines.with_row_index("at")
        .join(texts, on="at", how="left", maintain_order="left")
        .filter(~pl.col("at").is_in(pl.Series(swallowed, dtype=pl.UInt32).implode()))
        .select(
            "line_number",
            pl.coalesce("text", "line").alias("line"),
            pl.col("is_whole") | pl.col("text").is_not_null(),
        )
    )


def _bytes_from_line(data: bytes, lines_before: int) -> bytes:
    at = 0
    for _ in range(lines_before):
        at = data.index(b"\n", at) + 1
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


def _rejects(lines: pl.DataFrame, shape: _Shape, bad_lines: dict[int, BadLine]) -> pl.DataFrame:
    """Say what is wrong with each line that is no record. The line itself stays in the landing file only."""
    if lines.is_empty():
        return reject_frame()
    bare = pl.col("line").str.replace_all(r'"(?:[^"]|"")*"', "")
    counted = lines.select(
        "record_number",
        "line_number",
        bare.str.contains('"', literal=True).alias("has_open_quote"),
        (bare.str.count_matches(shape.delimiter, literal=True) + 1).alias("fields"),
    )
    return reject_frame(
        bad_lines[line].as_reject(record) if line in bad_lines else _misshapen(record, line, is_open, fields, shape)
        for record, line, is_open, fields in counted.iter_rows()
    )


def _misshapen(record: int, line: int, is_open: bool, fields: int, shape: _Shape) -> Reject:
    if is_open:
        return Reject(
            record,
            line,
            None,
            "open_quote",
            'a quote (") without its partner',
            "A quote is opened and not closed, or stands inside a field that is not quoted.",
            'Put quotes around the whole field and write a quote inside it twice ("").',
        )
    if fields == shape.fields:
        message = "A quote stands inside a field that is not quoted."
        return Reject(record, line, None, "misplaced_quote", None, message, "Put quotes around the whole field.")
    check, cause = ("short_line", "missing") if fields < shape.fields else ("long_line", "extra")
    return Reject(
        record,
        line,
        None,
        check,
        f"{fields} fields",
        f"The line has {fields} fields, the header {shape.fields}.",
        f"Look for a {cause} delimiter, or a field with a delimiter in it that is not quoted.",
    )
