"""What the columns of an export mean to a contact centre, guessed by their names and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from orchestration.look.called import MEANINGS, Meaning
from orchestration.look.holds import Column
from orchestration.look.private import is_list
from orchestration.look.translated import translated


def plain(name: str) -> str:
    """Return a column's name in small letters, its words apart by one space, without what a path has before it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.rpartition("/")[2])
    words = re.sub(r"[\s_\-./:()（）\[\]#^]+", " ", words).strip().lower()
    # In which zone or unit it is told says nothing of what it is.
    return re.sub(r"(?<=.) (?:utc|gmt|local|s|sec|secs|seconds?|ms|min|mins|minutes|hrs?|hours?)$", "", words)


def meanings_of(columns: Sequence[Column], wanted: Collection[str]) -> dict[str, Column]:
    """Return for each of the wanted meanings the column that most likely has it; no column has two."""
    given: dict[str, Column] = {}
    taken: set[str] = set()
    for meaning in (one for one in MEANINGS if one.name in wanted):
        fitting = [
            (rank, at, column)
            for at, column in enumerate(columns)
            if column.name not in taken and column.holding in meaning.holds and _is_known(meaning, column)
            for rank in [_rank(meaning, column)]
            if rank is not None
        ]
        if fitting:
            *_, best = min(fitting, key=lambda one: one[:2])
            given[meaning.name] = best
            taken.add(best.name)
    return given


def _is_known(meaning: Meaning, column: Column) -> bool:
    """Tell whether enough of a column's words are the contract's; of other columns their names alone tell."""
    if meaning.known is None or not column.words:
        return True
    if not is_list(column):
        return False
    found, _ = translated(column.words, meaning.known)
    return len(found) >= meaning.fewest_known * len(column.words)


def _rank(meaning: Meaning, column: Column) -> tuple[int, float] | None:
    """Tell how well a name fits, less being better; None if it does not. A name of its own comes before a part."""
    # Of a path both the whole and its last key may say it.
    texts = plain(column.name), plain(column.name.rpartition(".")[2])
    for weight, called in ((0, meaning.called), (4, meaning.else_called)):
        for at, text in enumerate(texts):
            # Nothing is told by the middle of a word: `disconnected` by `connected`.
            found = re.search(rf"(?<![a-z])(?:{called})(?![a-z])", text) if text else None
            if found is not None:
                return weight + at + (found[0] != text), -column.filled
    return None
