"""What the columns of an export mean to a contact centre, guessed by their names and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from orchestration.look.called import MEANINGS, Meaning
from orchestration.look.holds import Column
from orchestration.look.private import is_list
from orchestration.look.translated import translated

_PARTS_OF_A_START = ("start_day", "start_clock")
"""Where one column tells the start, others of days and clock times mean something else, as CALL TIME a length."""


def plain(name: str) -> str:
    """Return a column's name in small letters, its words apart by one space, without what a path has before it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.rpartition("/")[2])
    # (Ticket) behind a name says of what it is; a name that is nothing else stays.
    words = re.sub(r"(?<=\S)\s*\((?:ticket|call|case|chat)\)$", "", words, flags=re.IGNORECASE)
    words = re.sub(r"[\s_\-./:()（）\[\]#^]+", " ", words).strip().lower()
    # In which zone or unit it is told says nothing of what it is.
    return re.sub(r"(?<=.) (?:utc|gmt|local|s|sec|secs|seconds?|ms|min|mins|minutes|hrs?|hours?)$", "", words)


def meanings_of(columns: Sequence[Column], wanted: Collection[str]) -> dict[str, Column]:
    """Return for each of the wanted meanings the column that most likely has it; no column has two."""
    given: dict[str, Column] = {}
    taken: set[str] = set()
    for meaning in (one for one in MEANINGS if one.name in wanted):
        if meaning.name in _PARTS_OF_A_START and "started_at" in given:
            continue
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
    if {"started_at", "answered_at"} <= set(wanted) and "answered_at" not in given:
        _tell_starts_apart(columns, given, taken)
    return given


def _tell_starts_apart(columns: Sequence[Column], given: dict[str, Column], taken: set[str]) -> None:
    """Of two starts the one that all records have is that of waiting, and the other that of the talk."""
    start = given.get("started_at")
    meaning = next(one for one in MEANINGS if one.name == "started_at")
    rest = [one for one in columns if one.name not in taken and one.holding in meaning.holds]
    others = [one for one in rest if _rank(meaning, one) is not None]
    if start is None or not others:
        return
    if start.filled == 1:
        given.update(("answered_at", one) for one in others if one.filled < 1)
    elif whole := [one for one in others if one.filled == 1]:
        given |= {"started_at": whole[0], "answered_at": start}


def _is_known(meaning: Meaning, column: Column) -> bool:
    """Tell whether enough of a column's words are the contract's; of other columns their names alone tell."""
    if meaning.known is None or not column.words:
        return True
    if not is_list(column):
        return False
    found, _ = translated(column.words, meaning.known)
    return len(found) >= meaning.fewest_known * len(column.words)


def may_mean(name: str, wanted: str) -> bool:
    """Tell whether a name alone may say a meaning, whatever its column holds."""
    return any(_rank_of_name(meaning, name) is not None for meaning in MEANINGS if meaning.name == wanted)


def _rank(meaning: Meaning, column: Column) -> tuple[int, float] | None:
    """Tell how well a name fits, less being better; None if it does not. A name of its own comes before a part."""
    rank = _rank_of_name(meaning, column.name)
    return None if rank is None else (rank, -column.filled)


def _rank_of_name(meaning: Meaning, name: str) -> int | None:
    # Of a path both the whole and its last key may say it.
    around, _, last = name.rpartition(".")
    if around and re.search(meaning.never_within, plain(around)):
        return None
    texts = plain(name), plain(last), re.sub(r"^(?:date|time) (?=[a-z])", "", plain(last))
    for weight, called in ((0, meaning.called), (4, meaning.else_called)):
        for at, text in enumerate(texts):
            # Nothing is told by the middle of a word: `disconnected` by `connected`.
            found = re.search(rf"(?<![a-z])(?:{called})(?![a-z])", text) if text else None
            if found is not None:
                return weight + at + (found[0] != text)
    return None
