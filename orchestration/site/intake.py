"""What came in wrong: unreadable and lost files, files that gave nothing, more in quarantine than is usual.

The rule is the result `health_intake` of the pages, run on the ledger instead of the published file: a run, a check,
`status` and the data health page say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from orchestration.home.ledger_index import ledger, ledger_records
from orchestration.home.paths import Home
from orchestration.site.store.results import SOURCES

RULE = SOURCES / "health_intake.sql"
GAVE_NOTHING = frozenset({"unreadable", "nothing_accepted"})
PARTLY_LOST = "incomplete"

MOST_TOLD = 20
"""Findings that a check and the command line name; data health shows them all."""


@dataclass(frozen=True)
class Finding:
    """One thing that came in wrong; `file` is None where a whole landing day of the source is meant.

    message and remarks: what the ledger says of the file, as a text and as codes (JSON).
    Counts are source records; shares are 0-1, None where no record was read.
    """

    source: str
    day: date
    file: str | None
    finding: str
    records_read: int
    records_quarantined: int
    quarantined_share: float | None
    usual_share: float
    message: str | None
    remarks: str | None

    @property
    def place(self) -> str:
        """Where it happened: source/day, and the file if it is one."""
        return "/".join([self.source, self.day.isoformat(), *([self.file] if self.file else [])])

    def __str__(self) -> str:
        """Return the sentence for people: the place, what happened, what to do."""
        if self.finding == "unreadable":
            return f"{self.place}: nothing could be read. {self.message or ''}".strip()
        if self.finding == PARTLY_LOST:
            return f"{self.place}: {self.message}"
        if self.finding == "nothing_accepted":
            counts = f"{self.records_quarantined} of {self.records_read} records are in quarantine."
            return f"{self.place}: not one record was accepted. {self.message or counts}"
        return (
            f"{self.place}: {self.records_quarantined} of {self.records_read} records "
            f"({self.quarantined_share or 0:.1%}) are in quarantine, usual for this source are {self.usual_share:.1%}."
        )


_last_judged: list[tuple[pa.Table, list[Finding]]] = []


def intake_findings(home: Home) -> list[Finding]:
    """Return what came in wrong over the last 28 landing days of each source, and what is lost; empty is good."""
    # A run asks four times, and the ledger is the same.
    records = ledger_records(home)
    if not _last_judged or _last_judged[0][0] is not records:
        _last_judged[:] = [(records, _judged(home))]
    return list(_last_judged[0][1])


def _judged(home: Home) -> list[Finding]:
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema scorecard")
        ledger(connection, home).create("scorecard.fct_file")
        rows = connection.execute(RULE.read_text(encoding="utf-8")).fetchall()
    return [Finding(*row) for row in rows]
