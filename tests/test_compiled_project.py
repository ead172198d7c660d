"""The quick builds of other tests are dbt's own: the same rows out of the same raw rows, and the same tests run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from tests.support.compiled import compiled_project
from tests.support.contact_rows import CONTACT_MODELS
from tests.support.people_cases import add_chat, add_member, at
from tests.support.properties_mart import differences, row_counts
from tests.support.raw_rows import RawHome


def chats(folder: Path) -> RawHome:
    """Two chats of two agents, the second passed on by one of them to the other."""
    home = RawHome(folder)
    home.source("desk")
    for agent in ("ann", "bob"):
        add_member(home, agent, "north", "2026-01-01")
    add_chat(home, "one", "ann", at("2026-03-02 09:00"))
    add_chat(home, "two", ["bob", "ann"], at("2026-03-02 09:30"), 12, customer="c")
    return home


@pytest.fixture(scope="module")
def by_dbt(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = chats(tmp_path_factory.mktemp("by_dbt"))
    home.build_by_dbt(*CONTACT_MODELS)
    return home


def test_dbt_and_the_sql_that_it_compiled_make_the_same_rows(by_dbt: RawHome, tmp_path: Path) -> None:
    quick = chats(tmp_path)
    quick.build(*CONTACT_MODELS, tested=True)
    first, second = (Home(home.folder).built_file for home in (by_dbt, quick))
    assert row_counts(first, {"scorecard.fct_contact": "true", "scorecard.fct_contact_leg": "true"}) == {
        "scorecard.fct_contact": 2,
        "scorecard.fct_contact_leg": 3,
    }
    assert differences(first, second) == []


def test_the_models_built_and_the_tests_run_are_those_that_dbt_chooses(by_dbt: RawHome) -> None:
    results = json.loads((by_dbt.folder / "state/dbt/target/run_results.json").read_text(encoding="utf-8"))["results"]
    project = compiled_project()
    assert {node["unique_id"] for node in project.chosen(*CONTACT_MODELS)} == {one["unique_id"] for one in results}


def test_a_test_of_dbts_that_fails_stops_a_tested_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = compiled_project()
    failing = [
        test | {"compiled_code": "select 7"} if test["name"] == "unique_fct_contact_contact_key" else test
        for test in project.tests
    ]
    monkeypatch.setattr(project, "tests", failing)
    home = chats(tmp_path)
    with pytest.raises(AssertionError, match="unique_fct_contact_contact_key: 1 rows"):
        home.build("fct_contact", tested=True)


def test_a_home_without_a_row_is_built_by_dbt_with_all_tests() -> None:
    project = compiled_project()
    results = json.loads((project.home / "state/target/run_results.json").read_text(encoding="utf-8"))["results"]
    right = {one["unique_id"] for one in results if one["status"] in ("success", "pass")}
    assert right >= {node["unique_id"] for node in (*project.seeds, *project.models, *project.tests)}
