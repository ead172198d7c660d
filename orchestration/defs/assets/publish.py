"""The publish asset: the published DuckDB file, replaced in one step."""

# No `from __future__ import annotations` here: Dagster reads the type of `context` as an object.
from typing import Any

from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration.defs.assets.remedy import remedy_first
from orchestration.defs.assets.tables import table
from orchestration.defs.assets.warehouse import warehouse
from orchestration.defs.run_tags import PUBLICATION_TAG, tag_run
from orchestration.home.paths import Home
from orchestration.warehouse.build_layers import Layer, layers_of_last_build
from orchestration.warehouse.publish import publish


@asset(
    name="published_file",
    deps=[warehouse],
    group_name="published",
    owners=["team:metrics"],
    kinds={"duckdb"},
    pool="warehouse",
)
def published_file(context: AssetExecutionContext) -> MaterializeResult[None]:
    """Copy the scorecard's tables into the read-only file for BI users and pages, and put it in place."""
    home = Home.from_env()
    with remedy_first(context):
        publication = publish(home)
    tag_run(context, {PUBLICATION_TAG: str(publication.number)})
    return MaterializeResult(
        metadata={
            "file": MetadataValue.path(publication.file),
            "tables": MetadataValue.int(len(publication.rows)),
            "dagster/row_count": MetadataValue.int(sum(publication.rows.values())),
            "publication": MetadataValue.int(publication.number),
            "restated": MetadataValue.int(publication.restated),
            "bytes": MetadataValue.int(publication.byte_count),
            **_layers(layers_of_last_build(home)),
        }
    )


def _layers(layers: list[Layer]) -> dict[str, MetadataValue[Any]]:
    """Return the layers of the warehouse behind this file: as a table, and as numbers that Dagster plots over runs."""
    rows = [vars(layer) | {"seconds": round(layer.seconds, 1)} for layer in layers]
    numbers: dict[str, MetadataValue[Any]] = {}
    for layer in layers:
        numbers[f"seconds {layer.name}"] = MetadataValue.float(round(layer.seconds, 1))
        if layer.name != "tests":
            numbers[f"rows {layer.name}"] = MetadataValue.int(layer.rows)
    return {"layers": table(rows, {"models": "int", "rows": "int", "seconds": "float"}), **numbers}
