"""The jobs: the whole way, the same without pages, and landing alone."""

from __future__ import annotations

from dagster import AssetSelection, define_asset_job, in_process_executor

from orchestration.defs.assets.landing import LANDING
from orchestration.defs.assets.report import report

WHOLE_WAY = define_asset_job(
    "whole_way",
    AssetSelection.all(),
    executor_def=in_process_executor,
    description="Take the files of some landing days, build the warehouse, publish it, write the pages.",
)
WITHOUT_PAGES = define_asset_job(
    "without_pages",
    AssetSelection.all() - AssetSelection.assets(report),
    executor_def=in_process_executor,
    description="Take the files of some landing days, build the warehouse and publish it.",
)
LANDING_ONLY = define_asset_job(
    "landing_only",
    AssetSelection.assets(LANDING),
    executor_def=in_process_executor,
    description="Take the files of some landing days.",
)
JOBS = [WHOLE_WAY, WITHOUT_PAGES, LANDING_ONLY]
