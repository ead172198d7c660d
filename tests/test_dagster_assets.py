"""What Dagster's users see of each asset: a group, an owner, a description, and every test of dbt as a check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dagster import AssetKey
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from orchestration.home.paths import Home
from orchestration.warehouse.build_layers import Layer, layers_of_last_build
from orchestration.warehouse.dbt_project import MANIFEST, ensure_manifest, read_manifest

GROUPS = {"raw", "catalogue", "staging", "intermediate", "core", "measure", "assessment", "scorecard", "published"}


@pytest.fixture(scope="module")
def nodes() -> list[dict[str, Any]]:
    ensure_manifest()
    content: dict[str, Any] = read_manifest(MANIFEST)
    return list(content["nodes"].values())


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    ensure_manifest()
    from orchestration.definitions import defs

    return defs().resolve_asset_graph()


def test_every_asset_stands_in_the_group_of_its_layer_and_has_an_owner(graph: AssetGraph) -> None:
    assets = [graph.get(key) for key in graph.get_all_asset_keys()]

    assert {asset.group_name for asset in assets} == GROUPS
    assert [asset.key.to_user_string() for asset in assets if not asset.owners] == []
    assert graph.get(AssetKey(["measure", "int_measure__scope_day"])).group_name == "measure"
    assert graph.get(AssetKey(["scorecard", "fct_contact"])).group_name == "core"
    assert graph.get(AssetKey(["scorecard", "fct_kpi_value"])).group_name == "scorecard"


def test_every_model_and_seed_says_what_its_rows_are(nodes: list[dict[str, Any]]) -> None:
    tables = [node for node in nodes if node["resource_type"] in ("model", "seed")]

    assert [node["name"] for node in tables if not node["description"].strip()] == []


def test_every_test_of_dbt_is_a_check_of_an_asset(nodes: list[dict[str, Any]], graph: AssetGraph) -> None:
    tests = {node["name"] for node in nodes if node["resource_type"] == "test"}
    checks = {key.name for key in graph.asset_check_keys}

    assert tests - checks == set()


def test_a_test_over_several_tables_is_the_check_of_the_one_it_judges(graph: AssetGraph) -> None:
    days = next(k for k in graph.asset_check_keys if k.name == "assert_days_add_up_to_months_and_everything")

    assert days.asset_key == AssetKey(["scorecard", "fct_kpi_value"])


def test_rows_and_seconds_of_the_last_build_stand_by_layer(tmp_path: Path) -> None:
    ensure_manifest()
    home = Home(tmp_path)
    home.create_folders()
    (home.dbt_state / "target").mkdir()
    with duckdb.connect(str(home.built_file)) as built:
        built.execute("create schema scorecard; create table scorecard.fct_contact as from range(3)")
        built.execute("create table scorecard.dim_agent as from range(2)")
    seconds = {
        "model.scorehouse.stg_contacts": 0.5,
        "model.scorehouse.fct_contact": 1.25,
        "model.scorehouse.dim_agent": 0.25,
        "test.scorehouse.assert_test_contacts_measure_nothing": 2.0,
    }
    named = read_manifest(MANIFEST)["nodes"]
    assert isinstance(named, dict)
    ids = {".".join(name.split(".")[:3]): name for name in named}
    results = [{"unique_id": ids[name], "execution_time": time} for name, time in seconds.items()]
    (home.dbt_state / "target" / "run_results.json").write_text(json.dumps({"results": results}))

    assert layers_of_last_build(home) == [
        Layer("staging", models=1, rows=0, seconds=0.5),
        Layer("core", models=2, rows=5, seconds=1.5),
        Layer("tests", models=1, rows=0, seconds=2.0),
    ]


def test_a_home_that_was_never_built_has_no_layers(tmp_path: Path) -> None:
    assert layers_of_last_build(Home(tmp_path)) == []


def test_a_failed_build_says_first_what_to_do_and_then_what_dbt_found() -> None:
    ensure_manifest()
    from orchestration.defs.assets.warehouse import told_first

    words = (
        "The dbt CLI process with command `dbt build` failed.\n\nErrors parsed from dbt logs:\n\nGot 1 result: fct_x"
    )
    told = told_first(Home(Path("/h")), words)

    assert told.startswith("Nothing is published; what was published before stays. Remedy: ")
    assert told.endswith("\nGot 1 result: fct_x")
    assert "dbt build" not in told
