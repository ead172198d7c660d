"""JSON objects, each a text of its own, taken apart into columns by DuckDB, with what is wrong with each of them.

Reading them as a table instead would drop keys that are first seen late and turn a broken object into a row of nulls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import duckdb
import polars as pl

from orchestration.readers.findings import reject_columns, told_columns
from orchestration.readers.json_names import pointer_of, read_name
from orchestration.readers.json_oddities import HALF_CHARACTER, mended_line
from orchestration.readers.json_queries import KEYS, taking_apart
from orchestration.readers.records import Records

Keys = Callable[[], dict[str, int]]
"""Gives the keys of a block of objects, each with the line on which it stands first; asked only if needed."""
BlockFound = Callable[[set[str], Keys], None]
"""Is told which of the wanted columns and lists occur in a block; raises FileProblem if the file can't serve."""

_WRAPPED = ("$date/$numberLong", "$date", "$numberLong", "$oid", "$numberDecimal", "$numberInt", "$numberDouble")
"""Objects that stand for one value in MongoDB's JSON."""


@dataclass(frozen=True)
class ObjectForm:
    """What is read of each object: columns by their names (json_names.py).

    each: paths to lists, each within an element of the one before: every element of the last is a record.
    whole: columns of which objects and lists are read too, as their JSON text; an empty one is nothing.
    keeps_empty: an object without such a list, or with an empty one, is a record too, whose elements have nothing.
    """

    columns: tuple[str, ...]
    each: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    keeps_empty: bool = False

    def places(self) -> tuple[list[list[str]], list[list[int]]]:
        """Return the pointers that are read at each level, and per column where they are among all of these."""
        at_level: list[list[str]] = [[] for _ in range(len(self.each) + 1)]
        placed = []
        for column in self.columns:
            name = read_name(column, len(self.each))
            level = len(self.each) - name.levels_up
            placed.append((level, range(len(at_level[level]), len(at_level[level]) + len(name.pointers))))
            at_level[level] += name.pointers
        before = [sum(len(pointers) for pointers in at_level[:level]) for level in range(len(at_level))]
        return at_level, [[before[level] + at for at in places] for level, places in placed]


def object_records(
    objects: pl.DataFrame, not_text: pl.DataFrame, form: ObjectForm, on_block: BlockFound, before: int
) -> Records:
    """Return the records that a block of objects holds.

    objects: record_number, line_number and line, the text of each. not_text: rejects for those that are none; their
    record numbers are of the same count, of which so many came before. `on_block` is told of the block first.
    """
    at_level, places = form.places()
    taken = _taken_apart(objects, form, at_level)
    present = _present(taken, form, places)
    if (taken["kind"] != "NOTHING").any():
        present |= set(form.each)
    on_block(present, partial(_keys, objects))
    if form.each:
        taken, not_text = _numbered_anew(taken, not_text, before)
    if form.keeps_empty:
        taken = taken.with_columns(pl.col("kind").replace("NOTHING", "OBJECT"))
    is_skipped = (pl.col("kind") == "NOTHING").fill_null(value=False)
    skipped = taken.filter(is_skipped).height
    frame, rejects = _records(taken.filter(~is_skipped), form, places)
    return Records(frame, pl.concat([rejects, not_text]), taken.height + not_text.height, skipped)


def _taken_apart(objects: pl.DataFrame, form: ObjectForm, at_level: list[list[str]]) -> pl.DataFrame:
    """Return for each object its kind, and text and kind of each pointer; `is_mended`: it was no plain JSON."""
    taken = _parsed(objects, form, at_level).with_columns(is_mended=pl.lit(value=False))
    broken = taken.filter(pl.col("kind").is_null())
    if broken.is_empty():
        return taken
    # Only such texts are looked at one by one, and of them those that may be objects.
    may_be_object = pl.col("line").str.strip_chars_start().str.starts_with("{")
    rest = objects.join(broken, on="record_number", how="semi", maintain_order="left").filter(may_be_object)
    mended = rest.with_columns(pl.Series("line", [mended_line(line) for line in rest["line"]], dtype=pl.String))
    again = _parsed(mended.drop_nulls("line"), form, at_level).with_columns(is_mended=pl.lit(value=True))
    return pl.concat([taken.join(again, on="record_number", how="anti"), again]).sort("record_number", "element")


def _parsed(objects: pl.DataFrame, form: ObjectForm, at_level: list[list[str]]) -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.register("lines", objects.to_arrow())
        values = {f"p{level}": pointers for level, pointers in enumerate(at_level)}
        lists = {f"each{level}": pointer_of(path) for level, path in enumerate(form.each)}
        return connection.execute(taking_apart(len(form.each)), values | lists).pl()


def _numbered_anew(taken: pl.DataFrame, not_text: pl.DataFrame, before: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give every element a number of its own, and those that are no text theirs in between."""
    keys = pl.concat(
        [
            taken.select("record_number", "element"),
            not_text.select("record_number", element=pl.lit(0, dtype=pl.Int64)),
        ]
    )
    order = keys.with_row_index("at").sort("record_number", "element", "at")
    numbers = order.with_columns(number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + before).sort("at")["number"]
    return (
        taken.with_columns(record_number=numbers.head(taken.height)),
        not_text.with_columns(record_number=numbers.tail(not_text.height)),
    )


def _present(taken: pl.DataFrame, form: ObjectForm, places: list[list[int]]) -> set[str]:
    if not form.columns:
        return set()
    kinds = pl.col("kinds").list
    there = taken.select(
        pl.any_horizontal(kinds.get(at, null_on_oob=True).is_not_null() for at in found).any().alias(str(index))
        for index, found in enumerate(places)
    )
    return {column for column, is_there in zip(form.columns, there.row(0), strict=True) if is_there}


def _records(taken: pl.DataFrame, form: ObjectForm, places: list[list[int]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_object = pl.col("kind") == "OBJECT"
    broken = taken.filter(~is_object.fill_null(value=False)).select(*_broken_line())
    sound = taken.filter(is_object).select(
        "record_number",
        "line_number",
        "is_mended",
        *(_first(pl.col("texts"), found).alias(f"text{at}") for at, found in enumerate(places)),
        *(_first(pl.col("kinds"), found).alias(f"kind{at}") for at, found in enumerate(places)),
    )
    sound = _unwrapped(sound, len(form.columns))
    frame = sound.select(
        "record_number",
        "line_number",
        *(
            pl.when(~pl.col(f"text{at}").is_in(["", "[]", "{}"] if column in form.whole else [""]))
            .then(f"text{at}")
            .alias(column)
            for at, column in enumerate(form.columns)
        ),
    )
    rejects = [broken]
    for at, column in enumerate(form.columns):
        rejects.append(_half_characters(sound, column, at))
        if column not in form.whole:
            rejects.append(_nested(sound, column, at))
    return frame, pl.concat(rejects)


def _first(values: pl.Expr, places: list[int]) -> pl.Expr:
    found = [values.list.get(at, null_on_oob=True) for at in places]
    return pl.coalesce(found) if len(found) > 1 else found[0]


def _unwrapped(sound: pl.DataFrame, columns: int) -> pl.DataFrame:
    """Take values out of objects that stand for one, such as {"$date": "2026-01-05T10:00:00Z"}."""
    for at in range(columns):
        text, kind = pl.col(f"text{at}"), pl.col(f"kind{at}")
        wrapped = sound.filter((kind == "OBJECT") & text.str.contains('{"$', literal=True))
        if wrapped.is_empty():
            continue
        with duckdb.connect() as connection:
            connection.register("wrapped", wrapped.select("record_number", text.alias("object")).to_arrow())
            # One key and no other, as an object that has more of them is no value.
            query = (
                "select record_number, list_filter(json_extract_string(object, $pointers), x -> x is not null)[1] "
                "as value from wrapped where json_array_length(json_keys(object)::json) = 1"
            )
            values = connection.execute(query, {"pointers": [f"/{name}" for name in _WRAPPED]}).pl().drop_nulls()
        sound = sound.join(values, on="record_number", how="left", maintain_order="left").select(
            pl.exclude("value").exclude(f"text{at}", f"kind{at}"),
            pl.coalesce("value", f"text{at}").alias(f"text{at}"),
            pl.when(pl.col("value").is_null()).then(kind).otherwise(pl.lit("VARCHAR")).alias(f"kind{at}"),
        )
    return sound


def _keys(objects: pl.DataFrame) -> dict[str, int]:
    with duckdb.connect() as connection:
        connection.register("lines", objects.to_arrow())
        return dict(connection.execute(KEYS).fetchall())


def _broken_line() -> list[pl.Expr]:
    is_broken = pl.col("kind").is_null()
    broken, other = told_columns("broken_json"), told_columns("no_json_object")
    values = {name: pl.when(is_broken).then(broken[name]).otherwise(other[name]) for name in broken}
    return reject_columns(values)


def _half_characters(sound: pl.DataFrame, column: str, at: int) -> pl.DataFrame:
    """Reject a text that was cut within a character, where it is read."""
    values = {"field": pl.lit(column)} | told_columns("encoding", "half", field=column)
    return sound.filter(pl.col("is_mended") & pl.col(f"text{at}").str.contains(HALF_CHARACTER, literal=True)).select(
        reject_columns(values)
    )


def _nested(sound: pl.DataFrame, column: str, at: int) -> pl.DataFrame:
    """Reject objects and lists where a single value belongs."""
    kind = pl.col(f"kind{at}")
    values = {"field": pl.lit(column), "value": kind.str.to_lowercase()} | told_columns("nested_value", field=column)
    return sound.filter(kind.is_in(["OBJECT", "ARRAY"])).select(reject_columns(values))
