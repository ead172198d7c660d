"""What is guessed of a file on the way to its draft: feeds, questions, and how a column becomes a field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orchestration.look.forms import TIME_NAME
from orchestration.look.holds import Column
from orchestration.look.private import is_shown
from orchestration.look.translated import translated

MOST_SHOWN = 8
FEWEST_RECORDS = 5
"""Of fewer it tells nothing that all have one text, or each another one."""

_UNITS = (
    ("minutes", 60.0, re.compile(r"(?:^|[^a-z])min(?:s|utes?)?(?:$|[^a-z])|Min(?:ute)?s?$|分钟", re.IGNORECASE)),
    (
        "milliseconds",
        0.001,
        re.compile(r"(?:^|[^a-z])(?:ms|milli(?:s|seconds?)?)(?:$|[^a-z])|(?-i:Ms|Millis)$|毫秒", re.I),
    ),
    ("hours", 3_600.0, re.compile(r"(?:^|[^a-z])(?:hrs?|hours?)(?:$|[^a-z])|小时", re.IGNORECASE)),
)
_LONGEST_WAIT = 6 * 3_600
"""A wait of more than so many seconds was likely told in another unit."""


@dataclass
class Guess:
    """A draft while it is made.

    meant: meaning -> column. columns: all of the file. records: how many were looked at. called: names of the file
    and of the keys that lead to its records. feeds: as a mapping has them. channel: of the source.
    """

    meant: dict[str, Column]
    columns: list[Column]
    records: int = 0
    called: str = ""
    feeds: dict[str, Any] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    channel: str | None = None

    def has(self, *names: str) -> bool:
        """Tell whether all of these are known."""
        return all(name in self.meant for name in names)

    def is_one_word(self, column: Column) -> bool:
        """Tell whether a column has one text for all records, of as many that this is no chance."""
        return column.different == 1 and self.records >= FEWEST_RECORDS

    def ask(self, question: str) -> None:
        """Leave a question to whoever knows the system."""
        if question not in self.questions:
            self.questions.append(question)

    def field(self, name: str) -> Any:
        """Return the field that a mapping has for what a column means."""
        column = self.meant[name]
        told: dict[str, Any] = {"column": column.name}
        if column.holding in ("instant", "day") and column.form is not None:
            told["time_format"] = column.form
            if column.other_form is not None:
                self.ask(
                    f"`{column.name}`: is 05/06 the 5th of June (`{_day_first(column)}`) or the 6th of May "
                    f"(`{_month_first(column)}`)? Nothing in these records tells."
                )
        elif column.holding == "duration":
            told["duration"] = column.form
            if column.other_form is not None:
                self.ask(f"`{column.name}`: is it {column.form}, or {column.other_form}? Both read it.")
        elif column.number is not None:
            told["number"] = column.number.model_dump(exclude_defaults=True)
        if column.unread:
            self.ask(f"`{column.name}`: {column.unread} records have a text of another form and will be quarantined.")
        return told if len(told) > 1 else column.name

    def seconds(self, name: str) -> Any:
        """Return the field of a length of time."""
        column, told = self.meant[name], self.field(name)
        if column.holding == "duration":
            return told
        unit, times = next(((unit, times) for unit, times, called in _UNITS if called.search(column.name)), ("", 1.0))
        if not unit:
            unit, times = ("milliseconds", 0.001) if float(column.highest or 0) > _LONGEST_WAIT else ("seconds", 1.0)
        self.ask(f"Is `{column.name}` in {unit}?")
        return told if times == 1 else (told if isinstance(told, dict) else {"column": told}) | {"multiply": times}

    def words(self, name: str, known: Mapping[str, str], what: str) -> Any:
        """Return the field of a column of words, each as the contract has it."""
        column = self.meant[name]
        found, unknown = translated(column.words, known)
        if set(found) == set(found.values()) and not unknown:
            return column.name
        if unknown:
            shown = [f"`{word}`" for word in unknown if is_shown(word)][:MOST_SHOWN]
            some = ", ".join([*shown, "..."] if len(shown) < len(unknown) else shown)
            self.ask(f"`{column.name}`: which {what} is {some}? What `values` does not list is quarantined.")
        return {"column": column.name, "values": found} if found else column.name

    def columns_read(self) -> list[str]:
        """Return the columns that the draft reads, in the order of the file."""
        texts: set[str] = set()
        _texts_in(self.feeds, texts)
        return [column.name for column in self.columns if column.name in texts]


def more_likely(form: str, other: str, by: str) -> str:
    """Return which of two forms of a day is meant: the month stands first where clocks have halves of a day."""
    return other if "%p" in by and form.find("%d") < form.find("%m") else form


def unread_times(columns: Sequence[Column]) -> list[str]:
    """Return a question for each column that is called a time and holds digits of a form that nothing here reads."""
    return [
        f"`{column.name}` looks like a time of a form that is not known here: `time_format` can say it."
        for column in columns
        if column.holding in ("words", "id", "text") and column.has_digits and TIME_NAME.search(column.name)
    ]


def _texts_in(value: Any, texts: set[str]) -> None:
    if isinstance(value, dict):
        texts.update(value)
        for inner in value.values():
            _texts_in(inner, texts)
    elif isinstance(value, list):
        for inner in value:
            _texts_in(inner, texts)
    elif isinstance(value, str):
        texts.add(value)


def _day_first(column: Column) -> str:
    return next(form for form in (column.form, column.other_form) if form and form.find("%d") < form.find("%m"))


def _month_first(column: Column) -> str:
    return next(form for form in (column.form, column.other_form) if form and form.find("%m") < form.find("%d"))
