"""A small published file made by hand, of the same tables as the real one, for the tests of the site publisher.

Values follow from the ids, so that a test can say what it expects: the value of a row is
`position of the KPI + number of the agent / 1000`, its n is 40.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from orchestration.warehouse.measures import read_measures

LAST_DAY = "2026-04-16"

_TABLES = Path(__file__).with_suffix(".sql")


def write_published(
    file: Path, *, agents: int = 12, days: int = 40, kpis: int = 2, contacts: int = 200, extra: str = ""
) -> Path:
    """Write the published file and return it; `extra` is SQL run on it afterwards."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(_content(agents, days, kpis, contacts))
    if extra:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{file}' as published; set TimeZone = 'UTC'; use published.scorecard")
            connection.execute(extra)
            connection.execute("use memory; detach published")
    return file


@cache
def _content(agents: int, days: int, kpis: int, contacts: int) -> bytes:
    """The file of these sizes, made once for all tests that begin with it."""
    sizes = {"agents": agents, "days": days, "kpis": kpis, "contacts": contacts}
    script = _TABLES.read_text(encoding="utf-8")
    for name, size in sizes.items():
        script = script.replace(f"${name}", str(size))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = Path(folder) / "published.duckdb"
        connection.execute(f"attach '{file}' as published (storage_version 'v1.2.0')")
        connection.execute(script)
        _add_measures_of_legs(connection)
        connection.execute("use memory; detach published")
        return file.read_bytes()


def _add_measures_of_legs(connection: duckdb.DuckDBPyConnection) -> None:
    """Give legs every measure that a real file has of them, which the records name; those not made by hand are 0."""
    for measure in read_measures():
        if "fct_contact_leg" in measure.facts and not measure.is_square:
            connection.execute(
                f"alter table fct_contact_leg add column if not exists {measure.name} {measure.type} default 0"
            )
