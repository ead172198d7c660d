"""Everything that Dagster knows of: assembly only.

A home decides from which day on landing has partitions, in which zone the night begins and which sources are pulled, an
asset each; the rest of the graph is the same for every home. What a home decides is read when Dagster loads the
definitions, never on import, and a home without files or centre.yaml has definitions too.
"""

from __future__ import annotations

from dagster import Definitions, definitions, in_process_executor

from orchestration.defs.assets.dates import dates_asset
from orchestration.defs.assets.landing import landing_asset
from orchestration.defs.assets.notices import notices
from orchestration.defs.assets.publish import published_file
from orchestration.defs.assets.report import report
from orchestration.defs.assets.warehouse import warehouse
from orchestration.defs.checks import CHECKS
from orchestration.defs.ended_sensor import ended_runs
from orchestration.defs.failure_sensor import failed_runs
from orchestration.defs.jobs import JOBS
from orchestration.defs.partitions import calendar_zone, contact_dates, landing_days
from orchestration.defs.pulling import pulling
from orchestration.defs.schedules import every_five_minutes, nightly_schedule
from orchestration.defs.sensors import new_files
from orchestration.home.paths import Home


def definitions_of(home: Home) -> Definitions:
    """Return the definitions with the landing days, the zone and the pulled sources of a home."""
    pulls = pulling(home)
    landing = landing_asset(landing_days(home), [asset.key for asset in pulls.assets])
    return Definitions(
        assets=[
            *pulls.assets,
            landing,
            dates_asset(contact_dates(home)),
            warehouse,
            published_file,
            report,
            notices,
        ],
        asset_checks=[*pulls.checks, *CHECKS],
        jobs=[*pulls.jobs, *JOBS],
        schedules=[nightly_schedule(calendar_zone(home)), every_five_minutes],
        sensors=[new_files, *pulls.sensors, failed_runs, ended_runs],
        executor=in_process_executor,
    )


@definitions
def defs() -> Definitions:
    """Return what Dagster loads: the definitions of the home that the environment names."""
    return definitions_of(Home.from_env())
