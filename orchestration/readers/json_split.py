"""The objects of JSON that is no JSON Lines: one array, objects one after another, or arrays under a path of keys.

Only where each object begins and ends is found here, block by block; what stands in it DuckDB reads. So a file of any
size takes the memory of a block, the line of each object is known, and one that is broken inside costs itself only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.readers.findings import FileProblem
from orchestration.readers.json_signs import COMMA, OPEN_LIST, OPEN_OBJECT, signs_of, texts_between

MOST_OBJECT_BYTES = 16 << 20
_KEY_BEFORE = re.compile(rb'("(?:[^"\\]|\\.)*")\s*:\s*$')
_BYTES_OF_KEY = 1_000


@dataclass
class Splitting:
    """Where in the file the splitting stands.

    path: the keys under which the array is. line: of the file, on which `rest` begins, which is what is left of what
    came so far. depth: open brackets before `rest`. level: how many keys of the path are open; -1 outside of any value.
    inside: depth within the array whose elements come next, None if one is looked for, 0 among objects in a row.
    """

    path: tuple[str, ...]
    line: int = 1
    rest: bytes = b""
    depth: int = 0
    level: int = -1
    inside: int | None = None
    is_found: bool = False

    def add(self, piece: bytes) -> Iterator[pl.DataFrame]:
        """Yield the objects that end in a piece: `line`, the text of each, and line_number. Raises FileProblem."""
        self.rest += piece
        signs, done, depth = signs_of(self.rest, self.depth), 0, self.depth
        while True:
            left = signs if not done else signs.filter(pl.col("at") >= done)
            if self.inside is None:
                done, depth, is_more = self._sought(left, done, depth)
            else:
                objects, done, depth, is_more = self._objects(left, done, depth)
                if objects.height:
                    yield objects
            if not is_more:
                break
        self.line += self.rest.count(b"\n", 0, done)
        self.rest, self.depth = self.rest[done:], depth
        if len(self.rest) > MOST_OBJECT_BYTES:
            line = self.line_left
            raise FileProblem("object_too_long", line_number=line, details={"most_bytes": MOST_OBJECT_BYTES})

    @property
    def line_left(self) -> int:
        """Return the line on which what is left begins."""
        return self.line + self.rest.count(b"\n", 0, len(self.rest) - len(self.rest.lstrip()))

    def finish(self) -> None:
        """Raise FileProblem if the file breaks off, or has nothing where its objects should be."""
        line = self.line_left
        if self.rest.strip() or self.level >= 0 or (self.inside or 0) > 0:
            raise FileProblem("truncated_record", line_number=line)
        if not self.is_found:
            raise FileProblem("empty_file")

    def _objects(self, signs: pl.DataFrame, start: int, depth: int) -> tuple[pl.DataFrame, int, int, bool]:
        """Return objects from `start` on, where they end, the depth there, and whether something else follows."""
        inside = self.inside or 0
        closes = pl.col("is_close") & (pl.col("depth") == max(inside - 1, 0))
        ends = signs.filter(closes | ((pl.col("sign") == COMMA) & (pl.col("depth") == inside) & (inside > 0)))
        last = ends["is_close"].arg_max() if inside and ends["is_close"].any() else None
        if last is not None:
            ends = ends.head(last + 1)
        if ends.is_empty():
            return pl.DataFrame(), start, depth, False
        before = self.rest.count(b"\n", 0, start)
        text = texts_between(self.rest, start, ends["at"] + 1)
        found = ends.select(text, before=pl.col("line_ends").shift(1, fill_value=before), is_end=pl.lit(value=False))
        if last is not None:
            found = found.with_columns(is_end=pl.int_range(pl.len()) == last)
        line = pl.col("line").str.head(-1) if inside else pl.col("line")
        objects = found.select(
            line.str.strip_chars().alias("line"),
            (line.str.extract(r"^(\s*)").str.count_matches("\n", literal=True) + pl.col("before") + self.line)
            .cast(pl.Int64)
            .alias("line_number"),
            "is_end",
        )
        # Nothing stands before the end of an empty array, or after a comma too many.
        objects = objects.filter(~(pl.col("is_end") & (pl.col("line") == ""))).drop("is_end")
        if last is not None:
            self.inside = None
            inside -= 1
        return objects, int(ends["at"][-1]) + 1, inside, last is not None

    def _sought(self, signs: pl.DataFrame, start: int, depth: int) -> tuple[int, int, bool]:
        """Go on to the next array; returns how far that got, the depth there, and whether it was found."""
        rows = signs.filter(pl.col("is_open") | pl.col("is_close"))
        for at, sign, is_open, after in _low(rows, len(self.path)):
            if self.level < 0:
                self._refuse_between(start, at if is_open else at + 1)
                if self._begin(sign):
                    is_list = sign == OPEN_LIST
                    return (at + 1 if is_list else at), after - (not is_list), True
                continue
            if not is_open and after == self.level:
                self._refuse_unfound(at)
                self.level -= 1
                start = at + 1
            elif is_open and after == self.level + 2 and self._key_before(at) == self.path[self.level]:
                if self.level + 1 == len(self.path) and sign == OPEN_LIST:
                    self.is_found, self.inside = True, after
                    return at + 1, after, True
                if sign == OPEN_OBJECT and self.level + 1 < len(self.path):
                    self.level += 1
        return self._passed(signs, start, depth)

    def _passed(self, signs: pl.DataFrame, start: int, depth: int) -> tuple[int, int, bool]:
        """Go past all in which no array began: up to the last sign, as a key may go on in the next piece."""
        if signs.is_empty() or self.level < 0:
            return start, depth if self.level >= 0 else 0, False
        last = signs.row(-1, named=True)
        return int(last["at"]) + 1, int(last["depth"]), False

    def _begin(self, sign: int) -> bool:
        """Open a value that stands outside of any other; tells whether records begin with it."""
        if self.path:
            if sign != OPEN_OBJECT:
                raise self._no_such_path()
            self.level, self.is_found = 0, False
            return False
        self.is_found = True
        self.inside = 1 if sign == OPEN_LIST else 0
        return True

    def _key_before(self, at: int) -> str | None:
        found = _KEY_BEFORE.search(self.rest[max(0, at - _BYTES_OF_KEY) : at])
        return str(json.loads(found[1])) if found else None

    def _refuse_unfound(self, at: int) -> None:
        if self.level == 0 and not self.is_found:
            problem = self._no_such_path()
            problem.line_number = self.line + self.rest.count(b"\n", 0, at)
            raise problem

    def _no_such_path(self) -> FileProblem:
        return FileProblem("no_such_path", line_number=self.line, details={"path": ".".join(self.path)})

    def _refuse_between(self, start: int, at: int) -> None:
        between = self.rest[start:at]
        if between.strip():
            line = self.line + self.rest.count(b"\n", 0, start + len(between) - len(between.lstrip()))
            raise FileProblem("broken_json", "outside", line_number=line)


def _low(brackets: pl.DataFrame, levels: int) -> Iterator[tuple[int, int, bool, int]]:
    """Yield place, sign, is_open and depth of the brackets that stand no deeper than the keys of a path do."""
    outer = pl.when(pl.col("is_open")).then(pl.col("depth") - 1).otherwise(pl.col("depth"))
    low = brackets.filter(outer <= levels).select("at", "sign", "is_open", "depth")
    for part in low.iter_slices(1_000):
        yield from part.rows()
