"""Codes in the records that no list knows, and records of another class than their code, in sentences for people."""

from __future__ import annotations

import duckdb

from orchestration.home.paths import Home

MOST_NAMED = 10
"""Codes that a sentence names; data health shows them all."""


def unlisted_codes(home: Home) -> list[str]:
    """Return what the published file tells of such codes, a sentence for each kind; none is good."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        unknown = connection.execute(
            "select code_list, code, records from scorecard.dim_code where not is_known order by records desc, code"
        ).fetchall()
        other = connection.execute(
            "select code_list, code, records_of_another_class from scorecard.dim_code "
            "where is_known and records_of_another_class > 0 order by records_of_another_class desc, code"
        ).fetchall()
    said = []
    if unknown:
        said.append(
            f"Codes that no list knows: {_named(unknown)}. They count, and stand under themselves. "
            "Remedy: add them under `codes` in centre.yaml."
        )
    if other:
        said.append(
            f"Records of another class than their code has: {_named(other)}. The class of the record counts. "
            "Remedy: give the code its class under `codes` in centre.yaml, or mend the records."
        )
    return said


def _named(rows: list[tuple[str, str, int]]) -> str:
    named = [f"{code} of {name} ({count:,})" for name, code, count in rows[:MOST_NAMED]]
    more = [f"{len(rows) - MOST_NAMED} more"] if len(rows) > MOST_NAMED else []
    return ", ".join(named + more)
