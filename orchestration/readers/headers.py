"""The names of a file's columns, held against those that are wanted.

No name that stands in a file is ever told: of a file without a header it is somebody's number or name. A column is told
by its place, or by the known name that it resembles.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable

from orchestration.readers.findings import FileProblem
from schemas.words import PLAIN, part

MAX_COLUMNS = 10_000
MOST_NOTED = 20
"""Columns that are told one by one; a file with more unknown ones is another file."""

_VALUE = re.compile(r"[0-9]{4}|^[-+]?[0-9]+(?:[.,][0-9]+)?$|@|^$")


def refuse_repeats(found: list[str], wanted: Iterable[str], way: str = PLAIN) -> None:
    """Refuse a file that has a wanted column more than once; what nobody reads may be there as often as it likes.

    `way`: in which of the ways of words.json that is said.
    """
    times = Counter(found)
    twice = sorted(name for name in wanted if times[name] > 1)
    if twice:
        raise FileProblem(
            "duplicate_column",
            way,
            line_number=1,
            field=twice[0],
            details={"columns": twice, "first": twice[0]},
            known={"named": ", ".join(f"`{name}`" for name in twice)},
        )


def refuse_too_many(columns: int) -> None:
    """Refuse a header of more columns than any system writes."""
    if columns > MAX_COLUMNS:
        raise FileProblem("too_many_columns", line_number=1, details={"found": columns, "most": MAX_COLUMNS})


def refuse_no_header(found: list[str], wanted: Iterable[str]) -> None:
    """Refuse a file whose first line names nothing that is wanted and holds what no column is called."""
    if set(found).isdisjoint(wanted) and any(_VALUE.search(name) for name in found):
        raise FileProblem("no_header", line_number=1)


def other_delimiter(found: list[str]) -> str | None:
    """Return the delimiter that a header of one column looks as if it had."""
    return next((sign for sign in ";\t|," if len(found) == 1 and sign in found[0]), None)


def resembling(name: str, found: list[str]) -> str | None:
    """Say which column of a file looks like a known name, by its place."""
    guess = difflib.get_close_matches(name, found[:MAX_COLUMNS], n=1)
    return part("alike", place=found.index(guess[0]) + 1, name=name) if guess else None


def meant(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that an unknown one of a file may stand for; None if it resembles none."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)
