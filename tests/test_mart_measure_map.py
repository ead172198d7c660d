"""The README of the measure layer draws the layer as it is, and its folders read each other one way."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from typing import Any

from orchestration.warehouse.dbt_project import PROJECT
from tests.support.compiled import compiled_project

MEASURE = PROJECT / "models" / "measure"
Arrows = set[tuple[str, str]]


def place_of(node: dict[str, Any]) -> str | None:
    """The folder of a model of measure, the name of one of scorecard; what lies before them is not drawn."""
    if node["resource_type"] != "model":
        return None
    _, layer, *rest = str(node["original_file_path"]).split("/")
    return {"measure": rest[0], "scorecard": str(node["name"])}.get(layer)


def arrows_of(nodes: dict[str, dict[str, Any]]) -> Arrows:
    """The reads into and out of the folders of measure."""
    folders = {path.name for path in MEASURE.iterdir() if path.is_dir()}
    reads = {
        (place_of(nodes[parent]), place_of(node))
        for node in nodes.values()
        if node["resource_type"] == "model"
        for parent in node["depends_on"]["nodes"]
        if parent in nodes
    }
    return {(read, reader) for read, reader in reads if read and reader and read != reader and {read, reader} & folders}


def drawn() -> Arrows:
    """The arrows of the README's diagram."""
    found = re.findall(r"^ +(\w+) --> (\w+)$", (MEASURE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return set(found)


def test_the_diagram_has_the_arrows_that_the_models_have() -> None:
    assert drawn() == arrows_of(compiled_project().manifest["nodes"])


def test_the_folders_of_measure_and_the_scorecard_read_each_other_one_way() -> None:
    readers: dict[str, set[str]] = {}
    for read, reader in arrows_of(compiled_project().manifest["nodes"]):
        readers.setdefault(reader, set()).add(read)
    # A circle is an error of the sorter.
    assert {"rollup", "kpi", "fct_kpi_value"} <= set(TopologicalSorter(readers).static_order())


def test_the_readme_tells_what_every_folder_answers() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", (MEASURE / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {path.name for path in MEASURE.iterdir() if path.is_dir()}
