"""What the last build came to, by layer of the dbt project: models, rows and seconds."""

from __future__ import annotations

import json
from dataclasses import dataclass

import duckdb

from orchestration.home.paths import Home
from orchestration.warehouse.dbt_project import MANIFEST, read_manifest


@dataclass
class Layer:
    """One layer in the order of building; rows are those of tables, a view has none of its own."""

    name: str
    models: int = 0
    rows: int = 0
    seconds: float = 0.0


def layers_of_last_build(home: Home) -> list[Layer]:
    """Return the layers of the last build, tests under the layer `tests`; empty if dbt left no results."""
    results_file = home.dbt_state / "target" / "run_results.json"
    if not results_file.exists():
        return []
    nodes: dict[str, dict[str, str]] = read_manifest(MANIFEST)["nodes"]  # type: ignore[assignment]
    rows = _rows_by_table(home)
    layers: dict[str, Layer] = {}
    for result in json.loads(results_file.read_text(encoding="utf-8"))["results"]:
        node = nodes.get(result["unique_id"])
        if node is None:
            continue
        name = "tests" if node["resource_type"] == "test" else group_of(node)
        layer = layers.setdefault(name, Layer(name))
        layer.models += 1
        layer.rows += 0 if name == "tests" else rows.get((node["database"], node["schema"], node["name"]), 0)
        layer.seconds += float(result["execution_time"])
    return list(layers.values())


def group_of(node: dict[str, str]) -> str:
    """Return the group that a node of dbt's manifest stands in, as dbt_project.yml says."""
    meta: dict[str, dict[str, str]] = node["meta"]  # type: ignore[assignment]
    return meta["dagster"]["group"]


def _rows_by_table(home: Home) -> dict[tuple[str, str, str], int]:
    rows: dict[tuple[str, str, str], int] = {}
    for file in (home.warehouse_file, home.kept_file, home.built_file):
        if not file.exists():
            continue
        with duckdb.connect(str(file), read_only=True) as connection:
            found = connection.execute("select schema_name, table_name, estimated_size from duckdb_tables()").fetchall()
        rows |= {(file.stem, str(schema), str(table)): int(size) for schema, table, size in found}
    return rows
