"""Columns of files that came, went or changed what they hold: the result `health_drift` of the pages, on the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.home.ledger_index import ledger
from orchestration.home.paths import Home
from orchestration.site.store.results import SOURCES

RULE = SOURCES / "health_drift.sql"

_CHANGES = {"appeared": "appeared", "disappeared": "went away", "other_kind": "holds another kind of values"}
_DONE = {
    "checked_at_the_door": "what does not fit is in quarantine",
    "left_empty": "its field is left empty",
    "nobody_read_it": "nothing reads it",
    "not_read": "nothing reads it: a mapping may",
    "read": "it is read",
}


@dataclass(frozen=True)
class Drift:
    """A column of a file that is not as in the files before of the same source and name, and what was done.

    Columns that nobody reads have no name and are told together, by their number. Kinds are number, time, flag, text or
    nothing; None where nobody read the column.
    """

    source: str
    day: date
    file: str
    column: str | None
    columns: int
    change: str
    kind_before: str | None
    kind_now: str | None
    done: str

    def __str__(self) -> str:
        """Return the sentence for people."""
        kinds = f" ({self.kind_before}, now {self.kind_now})" if self.change == "other_kind" else ""
        where = f"{self.source}/{self.day}/{self.file}"
        column = f"`{self.column}`" if self.column else f"{self.columns} of the columns that nothing reads"
        return f"{where}: {column} {_CHANGES[self.change]}{kinds}; {_DONE[self.done]}."


def drifts(home: Home) -> list[Drift]:
    """Return what changed over the last 28 landing days of each source."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("create schema scorecard")
        ledger(connection, home).create("scorecard.fct_file")
        rows = connection.execute(RULE.read_text(encoding="utf-8")).fetchall()
    return [Drift(*row) for row in rows]
