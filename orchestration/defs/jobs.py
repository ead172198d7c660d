"""The jobs: the whole way, parts of its end for what has to be made again, dates built anew, landing alone, notices."""

from __future__ import annotations

from dagster import AssetSelection, define_asset_job, in_process_executor

from orchestration.defs.assets.dates import DATES
from orchestration.defs.assets.landing import LANDING
from orchestration.defs.assets.notices import notices
from orchestration.defs.assets.publish import published_file
from orchestration.defs.assets.pulled import PULLED
from orchestration.defs.assets.report import report
from orchestration.site.site_state import Stage

# Pulling is a job of its own: a database that is down must not hold up files of others. Whether it is, each run tells.
_BUT_PULLING = (AssetSelection.all() - AssetSelection.groups(PULLED)) | AssetSelection.all_asset_checks()

WHOLE_WAY = define_asset_job(
    "whole_way",
    _BUT_PULLING - AssetSelection.assets(DATES, notices),
    executor_def=in_process_executor,
    description="Take the files of some landing days, build the warehouse, publish it, write the pages.",
)
WITHOUT_PAGES = define_asset_job(
    "without_pages",
    _BUT_PULLING - AssetSelection.assets(DATES, report, notices),
    executor_def=in_process_executor,
    description="Take the files of some landing days, build the warehouse and publish it.",
)
DATES_ANEW = define_asset_job(
    "dates_anew",
    AssetSelection.all() - AssetSelection.groups(PULLED) - AssetSelection.assets(LANDING, notices),
    executor_def=in_process_executor,
    description="Build some dates of contacts anew though nothing of them changed, publish, write the pages.",
)
DATES_ANEW_WITHOUT_PAGES = define_asset_job(
    "dates_anew_without_pages",
    AssetSelection.all() - AssetSelection.groups(PULLED) - AssetSelection.assets(LANDING, report, notices),
    executor_def=in_process_executor,
    description="Build some dates of contacts anew though nothing of them changed, and publish.",
)
LANDING_ONLY = define_asset_job(
    "landing_only",
    AssetSelection.assets(LANDING),
    executor_def=in_process_executor,
    description="Take the files of some landing days.",
)
PUBLISH_AND_PAGES = define_asset_job(
    "publish_and_pages",
    AssetSelection.assets(published_file, report),
    executor_def=in_process_executor,
    description="Publish the warehouse as it was built last, and write the pages.",
)
PUBLISH_ONLY = define_asset_job(
    "publish_only",
    AssetSelection.assets(published_file),
    executor_def=in_process_executor,
    description="Publish the warehouse as it was built last.",
)
PAGES_ONLY = define_asset_job(
    "pages_only",
    AssetSelection.assets(report),
    executor_def=in_process_executor,
    description="Write the pages from the published file.",
)
SEND_NOTICES = define_asset_job(
    "send_notices",
    AssetSelection.assets(notices),
    executor_def=in_process_executor,
    description="Send people and teams what the published file has for them.",
)
JOBS = [
    WHOLE_WAY,
    WITHOUT_PAGES,
    DATES_ANEW,
    DATES_ANEW_WITHOUT_PAGES,
    LANDING_ONLY,
    PUBLISH_AND_PAGES,
    PUBLISH_ONLY,
    PAGES_ONLY,
    SEND_NOTICES,
]


def job_from(first: Stage, *, site: bool, dates: bool = False) -> str:
    """Return the name of the job that makes the steps from `first` on, with `site` up to the pages.

    `dates`: the job that builds dates anew.
    """
    if dates:
        return (DATES_ANEW if site else DATES_ANEW_WITHOUT_PAGES).name
    if first == "build":
        return (WHOLE_WAY if site else WITHOUT_PAGES).name
    if first == "file":
        return (PUBLISH_AND_PAGES if site else PUBLISH_ONLY).name
    return PAGES_ONLY.name
