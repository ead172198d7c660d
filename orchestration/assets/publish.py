"""The publish asset: the published DuckDB file, replaced in one step."""

from __future__ import annotations

from dagster import MaterializeResult, MetadataValue, asset

from orchestration.assets.warehouse import warehouse
from orchestration.publication_state import PublicationState
from orchestration.publish import publish
from orchestration.settings import Home


@asset(
    name="published_file",
    deps=[warehouse],
    group_name="published",
    kinds={"duckdb"},
    pool="warehouse",
)
def published_file() -> MaterializeResult[None]:
    """Copy the scorecard's tables into the read-only file for BI users and pages, and put it in place."""
    home = Home.from_env()
    publication = publish(home)
    PublicationState(home).remember_file()
    return MaterializeResult(
        metadata={
            "file": MetadataValue.path(publication.file),
            "tables": MetadataValue.int(len(publication.rows)),
            "dagster/row_count": MetadataValue.int(sum(publication.rows.values())),
            "bytes": MetadataValue.int(publication.byte_count),
        }
    )
