"""What the home holds of a landing day: its files, records, rows per feed, and why records are in quarantine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb

from orchestration.home.ledger import LedgerRecord, read_ledger
from orchestration.home.paths import Home

MOST_REASONS = 50
"""A file of another form gives a reason per field; more than these nobody reads in a list."""

RECORD_COUNTS = ("records_read", "records_accepted", "records_quarantined", "records_duplicate", "records_ignored")


@dataclass(frozen=True)
class QuarantineReason:
    """Why records of a day are in quarantine: one finding of one source and field, with its number of records."""

    source_id: str
    feed: str
    field: str
    check: str
    records: int
    message: str
    remedy: str


@dataclass
class DayFacts:
    """What the files of one landing day came to, whichever run took them; `failed` gives file -> message."""

    files: int = 0
    records: Counter[str] = field(default_factory=Counter)
    rows_by_feed: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    reasons: list[QuarantineReason] = field(default_factory=list)

    def add(self, record: LedgerRecord) -> None:
        """Count one file of the day."""
        self.files += 1
        self.records.update({name: getattr(record, name) for name in RECORD_COUNTS})
        self.rows_by_feed.update(record.rows_by_feed)
        if record.state == "failed":
            self.failed[record.place] = record.message or "not readable"


def facts_of_days(home: Home, first: date, last: date) -> dict[date, DayFacts]:
    """Return the facts of each day from `first` to `last`, both included, also of days without files."""
    facts: dict[date, DayFacts] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        facts[day] = DayFacts()
        for record in read_ledger(home.ledger, day=day.isoformat()):
            facts[day].add(record)
    for day, reason in _reasons(home, list(facts)):
        if len(facts[day].reasons) < MOST_REASONS:
            facts[day].reasons.append(reason)
    return facts


def _reasons(home: Home, days: list[date]) -> list[tuple[date, QuarantineReason]]:
    files = [str(path) for day in days for path in home.quarantine.glob(f"*/{day.isoformat()}/*.parquet")]
    if not files:
        return []
    with duckdb.connect() as connection:
        rows = connection.execute(
            """
            select
                landing_day, source_id, coalesce(feed, ''), coalesce(field, ''), check_name,
                -- A finding without a record is about the whole file.
                count(distinct (file_name, record_number)) filter (record_number is not null) as records,
                coalesce(message, ''), coalesce(any_value(remedy), '')
            from read_parquet($files, hive_partitioning = false, union_by_name = true)
            group by landing_day, source_id, feed, field, check_name, message
            order by landing_day, records desc, source_id, check_name, message
            """,
            {"files": files},
        ).fetchall()
    return [(row[0], QuarantineReason(*row[1:])) for row in rows]
