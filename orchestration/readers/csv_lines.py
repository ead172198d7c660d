"""The lines of a CSV file held against the shape of a record: whole, part of one, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from orchestration.readers.bad_lines import BAD_LINE, BadLine
from orchestration.readers.findings import reject_columns, reject_frame, told_columns

# A quoted field may hold line ends; one that goes on longer than this is a quote that was never closed.
MAX_JOINED_LINES = 1_000
MOST_COUNTED_FIELDS = 400


@dataclass(frozen=True)
class Shape:
    """The form of one record: its number of fields, its delimiter and its quote, '' if it has none."""

    fields: int
    delimiter: str
    quote: str = '"'

    @property
    def _sign(self) -> str:
        # Without quotes nothing is asked by it, and no pattern may be empty.
        return re.escape(self.quote or '"')

    @property
    def quoted(self) -> str:
        """Pattern of a field in quotes."""
        return f"{self._sign}(?:[^{self._sign}]|{self._sign}{self._sign})*{self._sign}"

    @property
    def _field(self) -> str:
        return f"(?:{self.quoted}|[^{self._sign}{re.escape(self.delimiter)}]*)"

    @property
    def whole(self) -> str:
        """Pattern of a record whose quotes all pair up around whole fields."""
        return f"(?s)^{self._field}(?:{re.escape(self.delimiter)}{self._field}){{{self.fields - 1}}}$"

    def is_whole(self, line: pl.Expr) -> pl.Expr:
        """Tell whether a line is a record whose quotes all pair up around whole fields."""
        if self.fields <= MOST_COUNTED_FIELDS:
            return line.str.contains(self.whole)
        # Counted apart, which is slower: a pattern with so many repeats would outgrow what Polars takes.
        fields = rf"(?s)^{self._field}(?:{re.escape(self.delimiter)}{self._field})*$"
        bare = line.str.replace_all(self.quoted, "")
        return line.str.contains(fields) & (bare.str.count_matches(self.delimiter, literal=True) == self.fields - 1)

    @property
    def open(self) -> str:
        """Pattern of a record that breaks off within a quoted field."""
        unclosed = f"{self._sign}(?:[^{self._sign}]|{self._sign}{self._sign})*"
        return f"(?s)^(?:{self._field}{re.escape(self.delimiter)}){{0,{self.fields - 1}}}{unclosed}$"


def judged_lines(
    data: bytes, first_line: int, shape: Shape, *, has_quotes: bool, comment: str | None = None
) -> pl.DataFrame:
    """Return line_number, line and is_whole: whether the line by itself has the shape of a record, or is a comment."""
    line = pl.col("line")
    if has_quotes:
        is_whole = shape.is_whole(line)
    else:
        is_whole = line.str.count_matches(shape.delimiter, literal=True) == shape.fields - 1
    if shape.fields == 1:
        is_whole &= line != ""
    if comment is not None:
        is_whole |= line.str.starts_with(comment)
    return pl.read_lines(data).select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("line_number") + first_line,
        line,
        (is_whole & (line != BAD_LINE.decode())).alias("is_whole"),
    )


def join_lines(lines: pl.DataFrame, shape: Shape, *, is_last: bool) -> tuple[pl.DataFrame, int | None]:
    """Join the lines of quoted fields that hold line ends (these become spaces).

    Returns the lines, and the number of the line from which on a record goes on in the next block. Walks only the
    lines that end within an open quote.
    """
    suspects = lines.with_row_index("at").filter(
        ~pl.col("is_whole") & (pl.col("line").str.count_matches(shape.quote, literal=True) % 2 == 1)
    )
    texts: dict[int, str] = {}
    swallowed: list[int] = []
    next_free = 0
    for at in suspects["at"].to_list():
        if at < next_free:
            continue
        following = lines["line"].slice(at, MAX_JOINED_LINES).to_list()
        count = _lines_of_record(following, shape)
        if count:
            texts[at] = " ".join(following[:count])
            swallowed += range(at + 1, at + count)
            next_free = at + count
        elif count is None and not is_last and len(following) < MAX_JOINED_LINES:
            tail_from = int(lines["line_number"][at])
            return _with_joined(lines.head(at), texts, swallowed), tail_from
    return _with_joined(lines, texts, swallowed), None


def _lines_of_record(following: list[str], shape: Shape) -> int | None:
    """Return how many lines the record takes that opens in the first: 0 = no record, None = it is still open."""
    text = following[0]
    if not re.match(shape.open, text):
        return 0
    for count, line in enumerate(following[1:], start=2):
        text = f"{text}\n{line}"
        if shape.quote not in line:
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


def line_rejects(lines: pl.DataFrame, shape: Shape, bad_lines: dict[int, BadLine]) -> pl.DataFrame:
    """Say what is wrong with each line that is no record. The line itself stays in the landing file only."""
    if lines.is_empty():
        return reject_frame()
    bare = pl.col("line").str.replace_all(shape.quoted, "") if shape.quote else pl.col("line")
    bad = [bad_lines[line].as_reject(record) for record, line in _numbers(lines, bad_lines)]
    misshapen = lines.filter(~pl.col("line_number").is_in(list(bad_lines))) if bad_lines else lines
    counted = misshapen.select(
        "record_number",
        "line_number",
        _check(
            bare.str.contains(shape.quote, literal=True) if shape.quote else pl.lit(value=False),
            bare.str.count_matches(shape.delimiter, literal=True) + 1,
            shape,
        ).alias("found"),
        (bare.str.count_matches(shape.delimiter, literal=True) + 1).alias("fields"),
    )
    told = [_misshapen(check, counted.filter(pl.col("found") == check), shape) for check in _CHECKS]
    return pl.concat([reject_frame(bad), *told])


def _numbers(lines: pl.DataFrame, bad_lines: dict[int, BadLine]) -> list[tuple[int, int]]:
    if not bad_lines:
        return []
    return lines.filter(pl.col("line_number").is_in(list(bad_lines))).select("record_number", "line_number").rows()


def _check(is_open: pl.Expr, fields: pl.Expr, shape: Shape) -> pl.Expr:
    return (
        pl.when(is_open)
        .then(pl.lit("open_quote"))
        .when(fields == shape.fields)
        .then(pl.lit("misplaced_quote"))
        .when(fields < shape.fields)
        .then(pl.lit("short_line"))
        .otherwise(pl.lit("long_line"))
    )


_CHECKS = ("open_quote", "misplaced_quote", "short_line", "long_line")


def _misshapen(check: str, lines: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    found = pl.col("fields").cast(pl.String)
    values = told_columns(check, found=found, wanted=shape.fields)
    if check in ("short_line", "long_line"):
        values["value"] = found + " fields"
        values["details"] = pl.lit('{"found": ') + found + f', "wanted": {shape.fields}}}'
    elif check == "open_quote":
        values["value"] = pl.lit(f"a quote ({shape.quote}) without its partner")
    return lines.select(reject_columns(values))
