"""Everything that Dagster knows of: assembly only. The graph is the same for every home."""

from __future__ import annotations

from dagster import Definitions, in_process_executor

from orchestration.assets.landing import landing
from orchestration.assets.publish import published_file
from orchestration.assets.report import report
from orchestration.assets.warehouse import warehouse
from orchestration.checks import CHECKS
from orchestration.jobs import JOBS
from orchestration.schedules import nightly
from orchestration.sensors import new_files

defs = Definitions(
    assets=[landing, warehouse, published_file, report],
    asset_checks=CHECKS,
    jobs=JOBS,
    schedules=[nightly],
    sensors=[new_files],
    executor=in_process_executor,
)
