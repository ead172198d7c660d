"""The published file: comments and views for BI users, replaced in one step, never from a half-built warehouse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.home.paths import Home
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.history.shape import DEFINITION, KEY, PUBLISHED, TARGET_SET, TOLD
from orchestration.warehouse.publish import REQUIRED, PublicationError, publish

DESCRIBED = {
    "fct_kpi_value": {
        "description": "One row per KPI, scope and period.",
        "columns": {
            "kpi_id": {"description": "The KPI; its 'own' code."},
            "value": {"description": "scale x numerator / denominator"},
            "gone": {"description": "A column of an earlier version."},
        },
    },
    "v_month": {"description": "Months of the centre.", "columns": {"kpi_id": {"description": "The KPI."}}},
}


VERSIONED = {"is_current": pl.Boolean(), "first_publication": pl.Int64()}
SHAPES = {
    "fct_kpi_value": KEY | TOLD | {"period_end": pl.Date()},
    **{f"fct_{table}": columns for table, columns in PUBLISHED.items()},
    "dim_kpi_version": DEFINITION | VERSIONED,
    "dim_kpi_target_version": TARGET_SET | VERSIONED,
}


WITHOUT_ROWS = SHAPES.keys() - {"fct_kpi_value", "fct_publication"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.create_folders()
    home.centre_file.write_text("name: X\ntime_zone: UTC\nsources: []\n")
    build_warehouse(home, value=1)
    return home


def build_warehouse(home: Home, value: int) -> None:
    BuildState(home).forget()
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_as_of as select null::timestamptz as as_of, null as first_date"
        )
    with duckdb.connect(str(home.built_file)) as connection:
        connection.execute("create schema scorecard")
        for table, columns in SHAPES.items():
            empty = pl.DataFrame(schema=columns)
            connection.register("empty", empty)
            connection.execute(f"create table scorecard.{table} as from empty")
        for table in set(REQUIRED) - SHAPES.keys():
            connection.execute(
                f"create table scorecard.{table} as select 'a' as kpi_id, {value} as value, 0 as records_read"
            )
        connection.execute(f"insert into scorecard.fct_kpi_value by name select 'a' as kpi_id, {value} as value")
        # As dbt writes it, which knows a table by database, schema and name.
        connection.execute(
            "create view scorecard.v_month as select v.kpi_id, c.value "
            'from "scorehouse"."scorecard"."fct_kpi_value" as v '
            'join "scorehouse"."scorecard"."fct_contact" as c using (kpi_id)'
        )
    manifest = home.dbt_state / "target" / "manifest.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    nodes = {name: {"alias": name, "resource_type": "model", **entry} for name, entry in DESCRIBED.items()}
    manifest.write_text(json.dumps({"nodes": nodes}))
    BuildState(home).remember(None)


def ask(home: Home, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_what_was_built_to_be_published_is_published(home: Home) -> None:
    publication = publish(home)

    found = ask(home, "select table_name from information_schema.tables where table_schema = 'scorecard' order by all")
    assert [name for (name,) in found] == sorted([*REQUIRED, "v_month"])
    assert publication.rows == {name: int(name not in WITHOUT_ROWS) for name in sorted(REQUIRED)}


def test_descriptions_of_dbt_are_comments_in_the_file(home: Home) -> None:
    publish(home)

    assert ask(home, "select comment from duckdb_tables() where table_name = 'fct_kpi_value'") == [
        ("One row per KPI, scope and period.",)
    ]
    assert ask(
        home,
        "select table_name, column_name, comment from duckdb_columns() "
        "where comment is not null and schema_name = 'scorecard' order by all",
    ) == [
        ("fct_kpi_value", "kpi_id", "The KPI; its 'own' code."),
        ("fct_kpi_value", "value", "scale x numerator / denominator"),
        ("v_month", "kpi_id", "The KPI."),
    ]


def test_views_stand_on_the_published_tables_wherever_the_file_is_moved(home: Home) -> None:
    publish(home)
    moved = home.published_file.with_name("elsewhere.duckdb")
    home.published_file.rename(moved)
    home.built_file.unlink()

    with duckdb.connect(str(moved), read_only=True) as connection:
        assert connection.execute("from scorecard.v_month").fetchall() == [("a", 1)]


def test_a_view_over_what_stays_inside_stops_the_publication(home: Home) -> None:
    publish(home)
    with duckdb.connect(str(home.built_file)) as connection:
        connection.execute("attach ':memory:' as warehouse; create table warehouse.inner_step as select 1 as x")
        connection.execute("create view scorecard.v_inner as from warehouse.inner_step")
    BuildState(home).remember(None)

    with pytest.raises(PublicationError, match="view v_inner can't stand on the published tables alone"):
        publish(home)

    assert ask(home, "select count(*) from duckdb_views() where view_name = 'v_inner'") == [(0,)]


def test_an_open_reader_keeps_its_file_and_the_next_one_gets_the_new(home: Home) -> None:
    publish(home)
    # In its own process: one process has one handle per file, so a reader beside the writer would share it.
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys\n"
            "connection = duckdb.connect(sys.argv[1], read_only=True)\n"
            "for line in sys.stdin:\n"
            "    print(connection.execute('select value from scorecard.fct_kpi_value').fetchone()[0], flush=True)\n",
            str(home.published_file),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None

    def read() -> str:
        reader.stdin.write("\n")
        reader.stdin.flush()
        return reader.stdout.readline().strip()

    assert read() == "1.0"
    build_warehouse(home, value=2)
    publish(home)

    assert read() == "1.0"
    assert ask(home, "select value from scorecard.fct_kpi_value") == [(2,)]
    reader.stdin.close()
    reader.wait(timeout=30)


def test_a_warehouse_that_was_not_built_to_its_end_is_not_published(home: Home) -> None:
    publish(home)
    build_warehouse(home, value=2)
    (home.state / "made_of" / "build.json").unlink()

    with pytest.raises(PublicationError, match=r"not the outcome of a complete build\. Remedy"):
        publish(home)

    assert ask(home, "select value from scorecard.fct_kpi_value") == [(1,)]


def test_a_missing_table_stops_the_publication_and_the_earlier_file_stays(home: Home) -> None:
    publish(home)
    with duckdb.connect(str(home.built_file)) as connection:
        connection.execute("drop view scorecard.v_month; drop table scorecard.dim_scope")
    BuildState(home).remember(None)

    with pytest.raises(PublicationError, match="the warehouse has no table dim_scope"):
        publish(home)

    assert ask(home, "select value from scorecard.fct_kpi_value") == [(1,)]


def test_leftovers_of_a_killed_publication_do_not_get_in_the_way(home: Home) -> None:
    part = home.published_file.with_name(f".{home.published_file.name}.tmp")
    part.write_bytes(b"half a file")
    part.with_name(f"{part.name}.wal").write_bytes(b"half a log")

    publish(home)

    assert ask(home, "select value from scorecard.fct_kpi_value") == [(1,)]
    assert sorted(path.name for path in home.published_file.parent.iterdir()) == [home.published_file.name]


def test_the_file_has_the_storage_format_of_duckdb_1_2(home: Home) -> None:
    publish(home)

    # Bytes 12-19 of a DuckDB file are its storage version: 65 is what 1.2 writes and reads, 64 the versions before.
    version = int.from_bytes(home.published_file.read_bytes()[12:20], "little")
    assert version <= 65


def test_a_build_begins_with_an_empty_file_and_what_is_published_stays(home: Home) -> None:
    publish(home)

    BuildState(home).forget()

    assert not home.built_file.exists()
    assert not BuildState(home).is_complete()
    assert ask(home, "select value from scorecard.fct_kpi_value") == [(1,)]


def test_the_state_of_a_build_changes_with_the_ledger_the_settings_and_as_of(home: Home) -> None:
    state = BuildState(home)
    assert state.is_current(None)

    home.centre_file.write_text("name: Y\ntime_zone: UTC\nsources: []\n")

    assert not state.is_current(None)
