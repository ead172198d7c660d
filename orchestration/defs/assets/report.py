"""The report asset: the static pages, that is the built shell and the data of the published file."""

from __future__ import annotations

from dagster import MaterializeResult, MetadataValue, asset

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
def report() -> MaterializeResult[None]:
    """Write the pages' data files per scope and put the shell beside them."""
    home = Home.from_env()
    with remedy_first():
        write_pages(home)
    return MaterializeResult(metadata={"site": MetadataValue.path(home.site)})
