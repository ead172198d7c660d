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

MAX_COLUMNS = 10_000
MOST_NOTED = 20
"""Columns that are told one by one; a file with more unknown ones is another file."""

_VALUE = re.compile(r"[0-9]{4}|^[-+]?[0-9]+(?:[.,][0-9]+)?$|@|^$")
DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}


def refuse_repeats(found: list[str], wanted: Iterable[str]) -> None:
    """Refuse a file that has a wanted column more than once; what nobody reads may be there as often as it likes."""
    times = Counter(found)
    twice = sorted(name for name in wanted if times[name] > 1)
    if twice:
        raise FileProblem(
            "duplicate_column",
            f"The header names {', '.join(f'`{name}`' for name in twice)} more than once.",
            "Give each column a name of its own, or leave the other one out.",
            line_number=1,
            field=twice[0],
        )


def refuse_too_many(columns: int) -> None:
    """Refuse a header of more columns than any system writes."""
    if columns > MAX_COLUMNS:
        raise FileProblem(
            "too_many_columns",
            f"The header has {columns} columns; more than {MAX_COLUMNS} are not read.",
            "Export the columns that are needed; a file turned on its side has its records as columns.",
            line_number=1,
        )


def refuse_no_header(found: list[str], wanted: Iterable[str]) -> None:
    """Refuse a file whose first line names nothing that is wanted and holds what no column is called."""
    if set(found).isdisjoint(wanted) and any(_VALUE.search(name) for name in found):
        raise FileProblem(
            "no_header",
            "The file has no header: its first line names no column that is read, and holds numbers, times or nothing.",
            "Export it with a line of column names at its top; a mapping can name them instead, by `columns`.",
            line_number=1,
        )


def other_delimiter(found: list[str]) -> str | None:
    """Return the delimiter that a header of one column looks as if it had."""
    return next((sign for sign in ";\t|," if len(found) == 1 and sign in found[0]), None)


def resembling(name: str, found: list[str]) -> str | None:
    """Say which column of a file looks like a known name, by its place."""
    guess = difflib.get_close_matches(name, found[:MAX_COLUMNS], n=1)
    return f"column {found.index(guess[0]) + 1} looks like `{name}`" if guess else None


def meant(name: str, known: Iterable[str]) -> str:
    """Ask whether an unknown name of a file stands for a known one; '' if it resembles none."""
    guess = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean `{guess[0]}`? " if guess else ""
