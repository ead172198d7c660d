"""The equation of the door, per file: read = accepted + quarantined + duplicate + ignored, in source records."""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.home.ledger_index import ledger
from orchestration.home.paths import Home


def unbalanced_files(home: Home) -> list[tuple[str, int, int]]:
    """Return (file, records read, records accounted for) of each file whose equation does not hold."""
    with duckdb.connect() as connection:
        rows = (
            ledger(connection, home)
            .select(
                "source_id || '/' || landing_day || '/' || file_name as file, records_read, "
                "records_accepted + records_quarantined + records_duplicate + records_ignored as accounted"
            )
            .filter("records_read is distinct from accounted")
            .order("file")
            .fetchall()
        )
    return [(str(file), int(read or 0), int(accounted or 0)) for file, read, accounted in rows]


def unreadable_files(home: Home) -> dict[str, str]:
    """Return file -> message with the remedy of each file of which nothing could be read, by landing day."""
    with duckdb.connect() as connection:
        rows = (
            ledger(connection, home)
            .filter("state = 'failed'")
            .order("landing_day, source_id, file_name")
            .select("source_id || '/' || landing_day || '/' || file_name, coalesce(message, 'not readable')")
            .fetchall()
        )
    return {str(file): str(message) for file, message in rows}


def quarantined_records(home: Home, files: set[tuple[str, date, str]]) -> int:
    """Return how many records of these files (source, landing day, name) are in quarantine now."""
    with duckdb.connect() as connection:
        rows = (
            ledger(connection, home)
            .filter("records_quarantined > 0")
            .select("source_id, landing_day, file_name, records_quarantined")
            .fetchall()
        )
    return sum(int(quarantined) for source, day, name, quarantined in rows if (source, day, name) in files)


def describe(files: list[tuple[str, int, int]], limit: int = 20) -> str:
    """Return one line per unbalanced file, for people."""
    lines = [f"{file}: {read} records read, {accounted} accounted for" for file, read, accounted in files[:limit]]
    return "\n".join([*lines, *([f"and {len(files) - limit} more"] if len(files) > limit else [])])
