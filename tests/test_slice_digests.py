"""Digests of rows are of whole rows: the name of a CTE stands for its row only where no column of it has that name.

`hash(agent_days)` over rows with a column agent_days is a hash of that column alone, and whatever else changes is not
seen: measures and values then stay as they were.
"""

from __future__ import annotations

import re

import duckdb

from tests.support.compiled import compiled_project
from tests.support.warehouse import open_warehouse

CTE = re.compile(r"^(?:with\s+)?(\w+) as (?:not )?(?:materialized )?\($", re.MULTILINE)


def rows_digested(sql: str) -> set[str]:
    """Return the CTEs whose rows go whole into a hash or a text."""
    names = set(CTE.findall(sql))
    return {name for name in names if re.search(rf"\bhash\({name}[,)]|(?<![.\w]){name}::varchar", sql)}


def columns_of(connection: duckdb.DuckDBPyConnection, sql: str, cte: str) -> list[str]:
    ctes = sql[: sql.rindex("\n)\n") + 2]
    described = connection.execute(f"describe {ctes} select * from {cte}").fetchall()  # noqa: S608 - our own models
    return [str(row[0]) for row in described]


def models_with_digests() -> dict[str, str]:
    project = compiled_project()
    return {
        model["name"]: model["compiled_code"]
        for model in project.models
        if re.search(r"\bas digest\b", model["compiled_code"]) and rows_digested(model["compiled_code"])
    }


def test_the_digests_of_measures_values_and_states_are_looked_at() -> None:
    found = models_with_digests()
    assert {
        "int_measure__input_day",
        "int_measure__input_period",
        "int_rating__placed",
        "int_state__input_day",
    } <= found.keys()
    assert {"worked_days", "records", "site_visits", "team_records"} <= rows_digested(found["int_measure__input_day"])


def test_no_column_has_the_name_that_stands_for_its_row() -> None:
    with open_warehouse(compiled_project().home) as connection:
        hidden = [
            f"{model}: {cte}"
            for model, sql in models_with_digests().items()
            for cte in sorted(rows_digested(sql))
            if cte in columns_of(connection, sql, cte)
        ]
    assert hidden == []


def test_a_column_of_that_name_is_seen() -> None:
    sql = "with\n\ndays as (\n\n    select 1 as days, 2 as other\n\n)\n\nselect hash(days) as digest from days"
    with duckdb.connect() as connection:
        assert rows_digested(sql) == {"days"}
        assert "days" in columns_of(connection, sql, "days")
