"""A published file of a large centre with a long history, grown out of a small one: its tables are the same for ever.

Every agent of the small centre is copied, every team too (a team for four copies of its agents), and its days are told
again further back, whole weeks apart. What the copies say differs a little, so that no two scopes are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

_PERIODS = Path(__file__).with_suffix(".sql")

_AGENTS = {"agent_id", "first_agent_id", "owner_agent_id", "reviewer_id"}
_TEAMS = {"team_id", "home_team_id", "parent_team_id"}
_RECORDS = {"contact_key", "contact_id", "leg_key", "owner_leg_key", "visit_key", "offer_key", "rating_id", "review_id"}

_GROWN = {
    "dim_agent": None,
    "dim_team": None,
    "dim_agent_day": "agent_date",
    "bridge_agent_team_day": "agent_date",
    "fct_agent_day": "agent_date",
    "fct_agent_offer": "contact_date",
    "fct_contact": "contact_date",
    "fct_contact_leg": "contact_date",
    "fct_queue_visit": "contact_date",
    "fct_quality_review": "review_date",
    "fct_rating": "contact_date",
    "fct_kpi_half_hour": "local_date",
}
"""Table -> the date that says whether a row is still told."""

_BY_SCOPE = {"fct_kpi_value", "dim_scope"}
"""Written by the script beside this file."""

_ONCE_PER_CENTRE = {"fct_kpi_half_hour"}
_ONCE_PER_TEAM = {"dim_team"}
_WHOLE_HISTORY = {"bridge_agent_team_day", "dim_agent_day"}

MEMORY = "3GB"
"""What the engine may hold while it grows the file; the rest it puts on the disk."""

AGENTS_PER_TEAM_COPY = 4
RECORD_DAYS = 36
"""Records are told so many days back: what the pages show of them, and the day before that falls out of it."""


@dataclass(frozen=True)
class Growth:
    """How large the file becomes: copies of every agent, days of history, and the last of them."""

    copies: int
    days: int
    last_day: date

    @property
    def first_day(self) -> date:
        """The first day of the history."""
        return self.last_day - timedelta(days=self.days - 1)


def grow(sample: Path, file: Path, growth: Growth) -> None:
    """Write `file` from the published file `sample`, with the same tables and columns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"set TimeZone = 'UTC'; set enable_progress_bar = false; attach '{sample}' as sample (read_only)"
        )
        connection.execute(
            f"attach '{file}' as published (storage_version 'v1.2.0'); create schema published.scorecard"
        )
        for name, value in (("copies", growth.copies), ("first_day", growth.first_day), ("last_day", growth.last_day)):
            connection.execute(f"set variable {name} = $value", {"value": value})
        connection.execute(f"set variable per_team = {AGENTS_PER_TEAM_COPY}")
        connection.execute(f"set memory_limit = '{MEMORY}'; set temp_directory = '{file.parent / 'spilled'}'")
        connection.execute(_PERIODS.read_text(encoding="utf-8"))
        for (part,) in connection.execute("select distinct part_number from kept order by part_number").fetchall():
            connection.execute(f"execute write_part({part})")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'sample' and schema_name = 'scorecard'"
        ).fetchall()
        for (table,) in sorted(tables):
            if table not in _BY_SCOPE:
                connection.execute(_table(connection, table))


def _table(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    target = f"create table published.scorecard.{table} as"
    if table not in _GROWN:
        return f"{target} from sample.scorecard.{table}"
    day = _GROWN[table]
    columns = connection.execute(f"describe sample.scorecard.{table}").fetchall()
    replaced = [f"{text} as {row[0]}" for row in columns if (text := _grown(row[0], row[1], day)) is not None]
    copies = "team_copy as copy" if table in _ONCE_PER_TEAM else "agent_copy as copy"
    source = f"sample.scorecard.{table} as told"
    source += "" if table in _ONCE_PER_CENTRE else f" cross join {copies}"
    where = ""
    if day is not None:
        first = "first_day" if table in _WHOLE_HISTORY else "last_day"
        less = 0 if table in _WHOLE_HISTORY else RECORD_DAYS
        shifted = f"(told.{day} - 35 * back.weeks5)"
        source += " cross join back"
        # Files are landed by day, so the rows of a day stand together in a file that was built.
        where = (
            f"where {shifted} between getvariable('{first}') - {less} and getvariable('last_day') order by {shifted}"
        )
    return f"{target} select told.* replace ({', '.join(replaced)}) from {source} {where}"  # noqa: S608 - own names


def _grown(column: str, kind: str, day: str | None) -> str | None:
    """Return the expression of a column in a copied row, None if it stays as it is."""
    quoted = f'told."{column}"'
    if column in _AGENTS:
        return f"{quoted} || '-' || copy.number"
    if column in _TEAMS:
        return f"{quoted} || '-' || copy.team_number"
    if column in _RECORDS:
        return f"{quoted} || '-' || copy.number || '-' || back.weeks5"
    if day is not None and kind == "DATE" and column not in ("hired_on", "left_on"):
        return f"{quoted} - 35 * back.weeks5"
    if day is not None and kind.startswith("TIMESTAMP"):
        return f"{quoted} - to_days(35 * back.weeks5)"
    return None
