"""The report asset: the static pages, that is the built shell and the data of the published file."""

# No `from __future__ import annotations` here: Dagster reads the type of `context` as an object.
from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration.defs.assets.publish import published_file
from orchestration.defs.assets.remedy import remedy_first
from orchestration.home.paths import Home
from orchestration.site.pages import write_pages


@asset(
    name="report",
    deps=[published_file],
    group_name="published",
    owners=["team:metrics"],
    kinds={"evidence"},
    pool="report",
)
def report(context: AssetExecutionContext) -> MaterializeResult[None]:
    """Write the pages' data files per scope and put the shell beside them."""
    home = Home.from_env()
    with remedy_first(context):
        write_pages(home)
    return MaterializeResult(metadata={"site": MetadataValue.path(home.site)})
