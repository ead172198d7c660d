"""Reads go one way: staging, intermediate, core, scorecard. The manifest that dbt itself makes is what is checked."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.publish import BUILT_AS, SCHEMA
from tests.support.compiled import compiled_project

LAYERS = ("seeds", "staging", "intermediate", "core", "scorecard")

Node = dict[str, Any]


def layer_of(node: Node) -> str:
    """The folder of a model under `models`, or `seeds`."""
    if node["resource_type"] == "seed":
        return "seeds"
    return str(node["original_file_path"]).split("/")[1]


def backward_reads(nodes: dict[str, Node]) -> list[str]:
    """Every read of a later layer by an earlier one, as `reader <- read`."""
    kinds = ("model", "seed")
    found = []
    for node in nodes.values():
        if node["resource_type"] != "model":
            continue
        for parent_id in node["depends_on"]["nodes"]:
            parent = nodes.get(parent_id)
            if parent is None or parent["resource_type"] not in kinds:
                continue
            if LAYERS.index(layer_of(parent)) > LAYERS.index(layer_of(node)):
                found.append(f"{node['name']} <- {parent['name']}")
    return found


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return compiled_project().manifest


def test_no_model_reads_a_later_layer(manifest: dict[str, Any]) -> None:
    assert backward_reads(manifest["nodes"]) == []


def test_a_backward_read_would_be_seen() -> None:
    def node(name: str, folder: str, *reads: str) -> Node:
        path = f"models/{folder}/{name}.sql"
        depends = {"nodes": list(reads)}
        return {"name": name, "resource_type": "model", "original_file_path": path, "depends_on": depends}

    nodes = {"a": node("int_a", "intermediate", "b"), "b": node("fct_b", "core", "a")}
    assert backward_reads(nodes) == ["int_a <- fct_b"]


def test_only_staging_reads_sources(manifest: dict[str, Any]) -> None:
    readers = {
        layer_of(node)
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and any(read.startswith("source.") for read in node["depends_on"]["nodes"])
    }
    assert readers <= {"staging", "intermediate"}


def test_only_two_models_read_the_definitions_of_kpis(manifest: dict[str, Any]) -> None:
    readers = {
        (read.rsplit(".", 1)[-1], node["name"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for read in node["depends_on"]["nodes"]
        if read.endswith((".kpis", ".kpi_targets"))
    }
    assert readers == {("kpis", "dim_kpi"), ("kpi_targets", "stg_target")}


def test_facts_and_scorecard_are_published_and_no_step_on_the_way(manifest: dict[str, Any]) -> None:
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    published = {node["name"] for node in models if node["database"] == BUILT_AS}
    meant = {
        node["name"]
        for node in models
        if layer_of(node) in ("core", "scorecard") and not node["name"].startswith("int_")
    }
    # Turns stay inside: too many, and summed in legs.
    assert meant - published == {"fct_message_turn"}
    assert published <= meant
    assert {node["schema"] for node in models if node["database"] == BUILT_AS} == {SCHEMA}


@pytest.mark.parametrize("layer", ["core", "scorecard"])
def test_everything_published_is_described(manifest: dict[str, Any], layer: str) -> None:
    published = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and layer_of(node) == layer and node["database"] == BUILT_AS
    ]
    assert published
    missing = [node["name"] for node in published if not node["description"] or not node["columns"]]
    bare = [
        f"{node['name']}.{name}"
        for node in published
        for name, column in node["columns"].items()
        if not column["description"]
    ]
    assert (missing, bare) == ([], [])
