"""Everything that Dagster knows of: assembly only. The graph is the same for every home.

A home decides from which day on landing has partitions and in which zone the night begins; both are read when Dagster
loads the definitions, never on import, and a home without files or centre.yaml has definitions too.
"""

from __future__ import annotations

from dagster import Definitions, definitions, in_process_executor

from orchestration.defs.assets.dates import dates_asset
from orchestration.defs.assets.landing import landing_asset
from orchestration.defs.assets.publish import published_file
from orchestration.defs.assets.report import report
from orchestration.defs.assets.warehouse import warehouse
from orchestration.defs.checks import CHECKS
from orchestration.defs.ended_sensor import ended_runs
from orchestration.defs.failure_sensor import failed_runs
from orchestration.defs.jobs import JOBS
from orchestration.defs.partitions import calendar_zone, contact_dates, landing_days
from orchestration.defs.schedules import nightly_schedule
from orchestration.defs.sensors import new_files
from orchestration.home.paths import Home


def definitions_of(home: Home) -> Definitions:
    """Return the definitions with the landing days and the zone of a home."""
    return Definitions(
        assets=[landing_asset(landing_days(home)), dates_asset(contact_dates(home)), warehouse, published_file, report],
        asset_checks=CHECKS,
        jobs=JOBS,
        schedules=[nightly_schedule(calendar_zone(home))],
        sensors=[new_files, failed_runs, ended_runs],
        executor=in_process_executor,
    )


@definitions
def defs() -> Definitions:
    """Return what Dagster loads: the definitions of the home that the environment names."""
    return definitions_of(Home.from_env())
