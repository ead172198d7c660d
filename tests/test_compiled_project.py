"""The quick builds of other tests are dbt's own: the same rows out of the same raw rows, and the same tests run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.warehouse.dbt_project import PROJECT, dbt_executable
from tests.support.compiled import compiled_project, write_tiny_centre
from tests.support.contact_rows import CONTACT_MODELS
from tests.support.people_cases import add_chat, at
from tests.support.properties_build import CompiledProject
from tests.support.properties_mart import differences, row_counts
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

KEY = {"customer_key", "customer_key.fingerprint"}


def results_of_dbt(project: CompiledProject) -> list[dict[str, str]]:
    told = json.loads((project.home / "state/target/run_results.json").read_text(encoding="utf-8"))
    results: list[dict[str, str]] = told["results"]
    return results


def test_dbt_and_the_sql_that_it_compiled_make_the_same_rows(tmp_path: Path) -> None:
    project = compiled_project()
    write_tiny_centre(tmp_path)
    # With one key a customer is the same in both.
    shutil.copytree(Home(project.home).state, Home(tmp_path).state, ignore=lambda _, names: {*names} - KEY)
    first, second = Home(project.home).built_file, project.build(tmp_path)
    assert row_counts(first, {"scorecard.fct_contact": "true", "scorecard.fct_contact_leg": "true"}) == {
        "scorecard.fct_contact": 2,
        "scorecard.fct_contact_leg": 3,
    }
    assert differences(first, second) == []


def test_the_models_built_and_the_tests_run_are_those_that_dbt_chooses(tmp_path: Path) -> None:
    project = compiled_project()
    # Where dbt finds the project parsed, it says what it chooses within seconds.
    shutil.copy(project.home / "state/target/partial_parse.msgpack", tmp_path)
    command = [dbt_executable(), "--quiet", "ls", "--output", "json", "--output-keys", "unique_id config"]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--indirect-selection", "cautious"]
    command += ["--exclude-resource-type", "source", "--select", *(f"+{model}" for model in CONTACT_MODELS)]
    places = {HOME_VARIABLE: str(project.home), "DBT_TARGET_PATH": str(tmp_path), "DBT_LOG_PATH": str(tmp_path)}
    done = subprocess.run(command, env=os.environ | places, capture_output=True, text=True, check=True)
    told = map(json.loads, done.stdout.splitlines())
    # An ephemeral model stands within those that read it.
    chosen = {node["unique_id"] for node in told if node["config"]["materialized"] != "ephemeral"}
    assert {node["unique_id"] for node in project.chosen(*CONTACT_MODELS)} == chosen


def test_a_test_of_dbts_that_fails_stops_a_tested_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = compiled_project()
    name = "unique_together_fct_contact_contact_key__remade_dates"
    failing = [test | {"compiled_code": "select 7"} if test["name"] == name else test for test in project.tests]
    monkeypatch.setattr(project, "tests", failing)
    home = RawHome(tmp_path)
    home.source("desk")
    add_chat(home, "one", "ann", at("2026-03-02 09:00"))
    with pytest.raises(AssertionError, match=f"{name}: 1 rows"):
        home.build("fct_contact", tested=True)


def test_dbt_built_and_tested_all_that_there_is() -> None:
    project = compiled_project()
    right = {one["unique_id"] for one in results_of_dbt(project) if one["status"] in ("success", "pass")}
    assert right >= {node["unique_id"] for node in (*project.seeds, *project.models, *project.tests)}


def test_a_home_without_a_row_is_built_and_passes_all_tests(tmp_path: Path) -> None:
    write_tiny_centre(tmp_path, files=False)
    built = compiled_project().build(tmp_path, tested=True)
    assert row_counts(built, {"scorecard.fct_contact": "true"}) == {"scorecard.fct_contact": 0}


def test_a_table_refuses_what_its_columns_may_not_hold(tmp_path: Path) -> None:
    project = compiled_project()
    asked = {
        (node["alias"], column["name"], rule["type"])
        for node in project.models
        if node["contract"]["enforced"] and node["config"]["materialized"] != "view"
        for column in node["columns"].values()
        for rule in column["constraints"]
    }
    assert {("fct_contact", "channel", "not_null"), ("fct_contact", "channel", "check")} <= asked
    write_tiny_centre(tmp_path)
    project.build(tmp_path)
    for home in (project.home, tmp_path):
        with open_warehouse(home) as connection:
            assert rules_of(connection) == asked


def rules_of(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    """Return table, column and kind of every rule that a column of a built warehouse has."""
    return set(
        connection.execute(
            "select table_name, unnest(constraint_column_names), replace(lower(constraint_type), ' ', '_') "
            "from duckdb_constraints() where constraint_type in ('NOT NULL', 'CHECK')"
        ).fetchall()
    )
