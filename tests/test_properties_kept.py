"""Models that keep rows from build to build give up and take dates by their own hooks, in the quick build as in dbt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.support.properties_kept import Hooks, make

FORGET = """{% macro forget_dates(column) -%}
    {% if is_incremental() -%}
        delete from {{ this }} where {{ column }} in (select remade_date from {{ ref('remade') }})
    {%- endif %}
{%- endmacro %}"""
FACT = {
    "name": "fact",
    "resource_type": "model",
    "relation_name": "kept.main.fact",
    "database": "kept",
    "schema": "main",
    "alias": "fact",
    "contract": {"enforced": False},
    "config": {"materialized": "incremental", "pre-hook": [{"sql": "{{ forget_dates('day') }}"}]},
}
SCRATCH: dict[str, Any] = FACT | {
    "name": "remade",
    "relation_name": "memory.main.remade",
    "config": {"materialized": "table", "pre-hook": []},
}
MANIFEST = {
    "metadata": {"project_name": "tiny"},
    "macros": {"forget": {"name": "forget_dates", "package_name": "tiny", "macro_sql": FORGET}},
    "nodes": {"fact": FACT, "remade": SCRATCH},
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as kept")
        connection.execute(
            "create table day_row as select * from (values (1, 'a'), (2, 'a'), (3, 'a')) as t(day, said)"
        )
        yield connection


def build(connection: duckdb.DuckDBPyConnection, *remade: int, kept: bool) -> list[tuple[Any, ...]]:
    """Make the dates that are to be made anew and the fact; return what the fact holds."""
    hooks = Hooks(MANIFEST)
    days = f"select unnest({list(remade)}::integer[]) as remade_date"
    make(connection, SCRATCH, days, hooks, kept=kept)
    fact = "select said, day from day_row where day in (select remade_date from remade)"
    make(connection, FACT, fact, hooks, kept=kept)
    return connection.execute("select day, said from kept.main.fact order by all").fetchall()


def test_a_build_that_keeps_rows_gives_up_the_dates_made_anew_and_leaves_the_others(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert build(connection, 1, 2, 3, kept=True) == [(1, "a"), (2, "a"), (3, "a")]
    # Date 2 has another row now, date 3 none: a row of a date that became empty must go.
    connection.execute("update day_row set said = 'b' where day <= 2; delete from day_row where day = 3")
    assert build(connection, 2, 3, kept=True) == [(1, "a"), (2, "b")]


def test_a_full_build_makes_every_table_anew(connection: duckdb.DuckDBPyConnection) -> None:
    build(connection, 1, 2, 3, kept=False)
    assert build(connection, 1, kept=False) == [(1, "a")]


def test_a_model_that_fails_gives_up_no_row(connection: duckdb.DuckDBPyConnection) -> None:
    before = build(connection, 1, 2, 3, kept=True)
    with pytest.raises(duckdb.Error):
        make(connection, FACT, "select nothing from nowhere", Hooks(MANIFEST), kept=True)
    assert connection.execute("select day, said from kept.main.fact order by all").fetchall() == before


def test_a_table_under_contract_is_made_with_the_rules_of_its_columns(connection: duckdb.DuckDBPyConnection) -> None:
    columns = {
        "day": {"name": "day", "data_type": "integer", "constraints": [{"type": "not_null"}]},
        "said": {
            "name": "said",
            "data_type": "varchar",
            "constraints": [{"type": "check", "expression": "said in ('a', 'b')"}],
        },
    }
    fact = SCRATCH | {"contract": {"enforced": True}, "columns": columns}
    make(connection, fact, "select 1 as day, null as said", Hooks(MANIFEST), kept=False)
    for row, rule in (("null as day, 'a' as said", "NOT NULL"), ("1 as day, 'c' as said", "CHECK")):
        with pytest.raises(duckdb.ConstraintException, match=rule):
            make(connection, fact, f"select {row}", Hooks(MANIFEST), kept=False)
