"""The report asset: the static pages, that is the built shell and the data of the published file."""

from __future__ import annotations

from dagster import MaterializeResult, MetadataValue, asset

from orchestration.assets.publish import published_file
from orchestration.assets.remedy import remedy_first
from orchestration.pages import write_pages
from orchestration.publication_state import PublicationState
from orchestration.settings import Home


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
    PublicationState(home).remember_site()
    return MaterializeResult(metadata={"site": MetadataValue.path(home.site)})
