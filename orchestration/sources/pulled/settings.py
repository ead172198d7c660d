"""What every source that is pulled says of itself, and of each table or list of records in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.files.settings import MappedSource

DEFAULT_OVERLAP = timedelta(hours=1)
DEFAULT_OVERLAP_NUMBERS = 1_000
"""How far behind the newest record a pull begins: who writes commits late, and clocks of servers differ."""

_UNITS = {"s": 1, "sec": 1, "min": 60, "h": 3600, "d": 86_400, "day": 86_400, "days": 86_400}
_LENGTH = re.compile(rf"\s*(\d+)\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})\s*")


def _length_of_time(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    found = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[1]) * _UNITS[found[2]] > 3660 * 86_400:
        raise ValueError(f"{value!r} is no length of time; write it as 30 min, 2 h or 1 d")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _length_or_number(value: Any) -> Any:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number else _length_of_time(value)


def _check_name(name: str) -> str:
    # Without dots: what follows the first one in the name of a file says which window it is.
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name) or "--" in name:
        raise ValueError(
            f"{name!r} cannot name files; use letters, digits, `_` and `-` (no `--`), at most 64 characters"
        )
    return name


StreamName = Annotated[str, AfterValidator(_check_name)]
Length = Annotated[timedelta, BeforeValidator(_length_of_time)]
LengthOrNumber = Annotated[Annotated[int, Field(ge=0)] | timedelta, BeforeValidator(_length_or_number)]


def landed_like(called: str) -> str:
    """Return a name such as the files of a table or list have, by which its rule is found."""
    return f"{called}.20260105T050000Z-1.20260105T040000Z_20260105T045959Z.jsonl"


class Stream(RuleSettings):
    """One table, or one list of records of an API: how it is gone on with."""

    cursor: str | None = None
    """What grows whenever a record comes or changes; without it everything is read each time."""
    overlap: LengthOrNumber | None = None
    """How far behind the newest record a pull begins: a length of time, or of numbers how many."""
    start: date | Annotated[int, Field(ge=0)] | None = None
    """From where the first pull begins; everything if absent."""

    name: StreamName | None = None
    """What its files are called by; the last part of the table's name or the path if absent."""

    @property
    def called(self) -> str:
        """Return what its files are called by."""
        return self.name or self.own_name

    @property
    def own_name(self) -> str:
        """Return what it is called where it is pulled from."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _names_files(self) -> Self:
        _check_name(self.called)
        return self

    @model_validator(mode="after")
    def _cursor_for_both(self) -> Self:
        if self.cursor is None and (self.overlap is not None or self.start is not None):
            raise ValueError("`overlap` and `start` need a `cursor`; without one everything is read each time")
        is_number = isinstance(self.overlap, int)
        if self.start is not None and self.overlap is not None and is_number != isinstance(self.start, int):
            raise ValueError("`overlap` and `start` have to be both of time (1 h, 2026-01-05) or both numbers")
        return self


class PulledSource(MappedSource):
    """A system whose records are pulled, and land as files that a mapping reads."""

    is_pulled: ClassVar[bool] = True
    every: Length = timedelta(hours=1)
    """How often Dagster pulls it."""
    lag: Length = timedelta(days=1)
    """How long ago the last complete pull may be before somebody has to look."""

    @property
    def streams(self) -> Sequence[Stream]:
        """Return its tables, or its lists of records."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _each_is_read(self) -> Self:
        if not self.streams:
            raise ValueError(f"a source of kind {self.kind} needs something to pull")
        names = [stream.called for stream in self.streams]
        twice = sorted(name for name, count in Counter(names).items() if count > 1)
        if twice:
            raise ValueError(f"{', '.join(twice)} would name the files of two; give one of them a `name` of its own")
        landed = {name: landed_like(name) for name in names}
        unread = [
            name
            for name, file in landed.items()
            if self.mapping.rule_for(file) is None and not self.mapping.is_looked_up(file)
        ]
        if unread:
            raise ValueError(
                f"no rule of `mapping` reads the files of {', '.join(unread)}; give one `files: {unread[0]}.*`"
            )
        if self.encoding is not None:
            raise ValueError("`encoding` is for files; what is pulled lands as UTF-8")
        if self.lag < self.every:
            raise ValueError("`lag` is shorter than `every`: the source would be late between two pulls")
        return self
