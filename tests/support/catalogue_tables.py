"""The catalogue seeds as DuckDB tables, and the dbt tests over them run as plain SQL.

The guards are read from dbt's own files, so nothing of them is written a second time; only `ref()` is resolved here.
"""

import csv
import re
from pathlib import Path

import duckdb
import yaml

from orchestration.centre.tables import CENTRE_SETTINGS

PROJECT = Path(__file__).parents[2] / "dbt_project"
SEEDS = PROJECT / "seeds" / "catalogue"
GUARDS = PROJECT / "tests" / "catalogue"
TARGETS = PROJECT / "models" / "staging" / "settings" / "stg_target.sql"
REF = re.compile(r"\{\{\s*ref\('(\w+)'\)\s*\}\}")

Row = dict[str, str]


def seed_rows(name: str) -> list[Row]:
    """Return the rows of one seed as text, empty cells as empty strings."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column_types(name: str) -> dict[str, str]:
    """Return the pinned column types of one seed."""
    seeds = yaml.safe_load((SEEDS / "_seeds.yml").read_text(encoding="utf-8"))["seeds"]
    types: dict[str, str] = next(seed["config"]["column_types"] for seed in seeds if seed["name"] == name)
    return types


def load_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the four seeds, the centre's settings, no targets of its own, and the view of all, as dbt would."""
    for name in ("kpis", "kpi_targets", "measures", "kpi_actions"):
        types = column_types(name)
        columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
        connection.execute(f"create table {name} ({columns})")
        values = [[row[column] or None for column in types] for row in seed_rows(name)]
        places = ", ".join("?" for _ in types)
        connection.executemany(f"insert into {name} values ({places})", values)  # noqa: S608
    settings = ", ".join(f"{column} varchar" for column in CENTRE_SETTINGS)
    connection.execute(f"create table stg_centre_setting ({settings})")
    connection.execute("insert into stg_centre_setting (centre_name) values ('Small centre')")
    connection.execute("create table stg_target_override as from kpi_targets limit 0")
    connection.execute(f"create view stg_target as {_plain_sql(TARGETS)}")


def run_guard(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run one dbt test of the catalogue; raise duckdb.Error with its message where it finds a problem."""
    assert connection.execute(_plain_sql(GUARDS / f"{name}.sql")).fetchall() == []


def _plain_sql(file: Path) -> str:
    return REF.sub(r"\1", file.read_text(encoding="utf-8"))
