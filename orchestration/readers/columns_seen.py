"""What columns a file has, and what kind of values those hold that are read: so that a change between files is told.

Names of columns that nobody reads are told nowhere, since they may be somebody's; a digest says which are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import polars as pl

from orchestration.readers.json_objects import Keys

UNREAD, NOTHING, TEXT = "unread", "nothing", "text"
"""Kinds: of a column that nobody reads, of one in which nothing stands, and of one that has all sorts of values."""
UNREAD_NAME = "unread:"
"""What the digest of a name that nobody reads begins with."""
MOST_NAMES = 500
LOOKED_AT = 10_000
"""Values of each column and batch."""

_FORMS = {
    "number": r"^[+-]?[0-9]+(?:[.,][0-9]+)?$",
    "time": r"^(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})(?:[T ].*)?$",
    "flag": r"^(?i:true|false)$",
}


class ColumnsSeen:
    """The columns of one file so far."""

    def __init__(self) -> None:
        self._unread: list[str] = []
        self._present: set[str] | None = None

    def header(self, found: Iterable[str], read: Iterable[str]) -> None:
        """Take in the names of a header in which all that is read was found."""
        known = set(read)
        unread = [name for name in dict.fromkeys(found) if name not in known][:MOST_NAMES]
        self._unread = [
            UNREAD_NAME + hashlib.blake2b(name.encode(errors="surrogatepass"), digest_size=6).hexdigest()
            for name in unread
        ]

    def keys(self, present: set[str], keys: Keys, read: Iterable[str]) -> None:
        """Take in a block of JSON: which of the columns that are read occurred, and of the first block all its keys."""
        if self._present is None:
            self._present = set()
            if present:
                # Keys under which a path that is read begins are read as well.
                known = {name.lstrip("^").lstrip("/").split(".")[0].split("[")[0].split("/")[0] for name in read}
                self.header(keys(), {*known, *read})
        self._present |= present

    def of(self, frame: pl.DataFrame, read: Iterable[str]) -> dict[str, str]:
        """Return the kind of each column of a batch."""
        there = [name for name in read if name in frame.columns]
        if self._present is not None:
            there = [name for name in there if name in self._present]
        return {name: kind_of(frame[name]) for name in there} | dict.fromkeys(self._unread, UNREAD)


def kind_of(values: pl.Series) -> str:
    """Return what the first values of a column are: number, time, flag, text or nothing."""
    some = values.drop_nulls().head(LOOKED_AT)
    if some.is_empty():
        return NOTHING
    if some.dtype != pl.String:
        return "time" if some.dtype.is_temporal() else "number"
    return next((kind for kind, form in _FORMS.items() if some.str.contains(form).all()), TEXT)


def merged(before: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds of two batches of a file together; what is of two kinds is text."""
    both = dict(before)
    for name, kind in later.items():
        known = both.get(name, NOTHING)
        both[name] = kind if known in (NOTHING, UNREAD, kind) else known if kind in (NOTHING, UNREAD) else TEXT
    return both
