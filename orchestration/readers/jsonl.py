"""Records of a JSON Lines file: one object per line; a line that is none costs that line only.

DuckDB takes the lines apart one by one. Reading the file as a table instead would drop keys that are first seen late
and turn a broken line into a row of nulls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import duckdb
import polars as pl

from orchestration.readers.findings import FileProblem, LandingFile, reject_columns, told_columns
from orchestration.readers.json_oddities import HALF_CHARACTER, mended_line
from orchestration.readers.lines import numbered_lines
from orchestration.readers.records import Records
from orchestration.readers.text import text_blocks

Keys = Callable[[], dict[str, int]]
"""Gives the keys of a block of lines, each with the line on which it stands first; asked only if needed."""
BlockFound = Callable[[set[str], Keys], None]
"""Is told which of the wanted columns occur in a block; raises FileProblem if the file can't serve."""

_TAKE_APART = """
with parsed as (
    select record_number, line_number, case when json_valid(line) then line end as object
    from lines
)

select
    record_number,
    line_number,
    json_type(object) as kind,
    json_extract_string(object, $pointers) as texts,
    json_type(object, $pointers) as kinds
from parsed
order by record_number
"""
_KEYS = """
with named as (
    select unnest(json_keys(line)) as name, line_number
    from lines
    where json_valid(line)
)

select name, min(line_number) as first_line
from named
group by name
order by first_line, name
limit 1000
"""


def jsonl_records(file: LandingFile, encoding: str, columns: list[str], on_block: BlockFound) -> Iterator[Records]:
    """Yield the records of a JSON Lines file with the named columns; a name that begins with `/` is a JSON pointer.

    `on_block` is told of each block before its records are handed out. Raises FileProblem.
    """
    before = 0
    for block in text_blocks(file, encoding):
        if block.is_last and before == 0 and not block.data.strip():
            raise FileProblem("empty_file")
        lines = numbered_lines(block, before)
        before += lines.records_read
        taken = _taken_apart(lines.frame, columns)
        on_block(_present(taken, columns), partial(_keys, lines.frame))
        frame, rejects = _records(taken, columns)
        yield Records(frame, pl.concat([rejects, lines.rejects]), lines.records_read)


def _pointer(column: str) -> str:
    return column if column.startswith("/") else "/" + column.replace("~", "~0").replace("/", "~1")


def _taken_apart(lines: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Return for each line its kind, and the text and the kind of each column; `is_mended`: it was no plain JSON."""
    taken = _parsed(lines, columns).with_columns(is_mended=pl.lit(value=False))
    broken = taken.filter(pl.col("kind").is_null())
    if broken.is_empty():
        return taken
    # Only such lines are looked at one by one, and of them those that may be objects.
    may_be_object = pl.col("line").str.strip_chars_start().str.starts_with("{")
    rest = lines.join(broken, on="record_number", how="semi", maintain_order="left").filter(may_be_object)
    mended = rest.with_columns(pl.Series("line", [mended_line(line) for line in rest["line"]], dtype=pl.String))
    again = _parsed(mended.drop_nulls("line"), columns).with_columns(is_mended=pl.lit(value=True))
    return pl.concat([taken.join(again, on="record_number", how="anti"), again]).sort("record_number")


def _parsed(lines: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.register("lines", lines.to_arrow())
        pointers = {"pointers": [_pointer(column) for column in columns]}
        return connection.execute(_TAKE_APART, pointers).pl()


def _present(taken: pl.DataFrame, columns: list[str]) -> set[str]:
    there = taken.select(
        pl.col("kinds").list.get(index).is_not_null().any().alias(str(index)) for index in range(len(columns))
    )
    return {column for column, is_there in zip(columns, there.row(0), strict=True) if is_there} if columns else set()


def _records(taken: pl.DataFrame, columns: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_object = pl.col("kind") == "OBJECT"
    broken = taken.filter(~is_object.fill_null(value=False)).select(*_broken_line())
    sound = taken.filter(is_object)
    frame = sound.select(
        "record_number",
        "line_number",
        *(_text(column, index) for index, column in enumerate(columns)),
    )
    rejects = [broken]
    for index, column in enumerate(columns):
        rejects += [_nested(sound, column, index), _half_characters(sound, column, index)]
    return frame, pl.concat(rejects)


def _keys(lines: pl.DataFrame) -> dict[str, int]:
    with duckdb.connect() as connection:
        connection.register("lines", lines.to_arrow())
        return dict(connection.execute(_KEYS).fetchall())


def _text(column: str, index: int) -> pl.Expr:
    text = pl.col("texts").list.get(index)
    return pl.when(text != "").then(text).alias(column)


def _broken_line() -> list[pl.Expr]:
    is_broken = pl.col("kind").is_null()
    broken, other = told_columns("broken_json"), told_columns("no_json_object")
    values = {name: pl.when(is_broken).then(broken[name]).otherwise(other[name]) for name in broken}
    return reject_columns(values)


def _half_characters(sound: pl.DataFrame, column: str, index: int) -> pl.DataFrame:
    """Reject a text that was cut within a character, where it is read."""
    text = pl.col("texts").list.get(index)
    values = {"field": pl.lit(column)} | told_columns("encoding", "half", field=column)
    return sound.filter(pl.col("is_mended") & text.str.contains(HALF_CHARACTER, literal=True)).select(
        reject_columns(values)
    )


def _nested(sound: pl.DataFrame, column: str, index: int) -> pl.DataFrame:
    """Reject objects and lists where a single value belongs."""
    kind = pl.col("kinds").list.get(index)
    values = {"field": pl.lit(column), "value": kind.str.to_lowercase()} | told_columns("nested_value", field=column)
    return sound.filter(kind.is_in(["OBJECT", "ARRAY"])).select(reject_columns(values))
