"""What a run was for, as tags by which Dagster's UI filters: who asked, which days and dates, what came of it.

They hold days, numbers and words of this file: nothing that a file of the centre said.
"""

from __future__ import annotations

from collections.abc import Mapping

from dagster import AssetExecutionContext

COMMAND_LINE_TAG = "scorehouse/command_line"

ASKED_BY_TAG = "scorehouse/asked_by"
"""command_line, sensor, schedule, backfill, or person: somebody at Dagster's UI."""
LANDING_DAYS_TAG = "scorehouse/landing_days"
DATES_TAG = "scorehouse/dates"
BUILT_TAG = "scorehouse/built"
"""everything, or slice: some dates only."""
PUBLICATION_TAG = "scorehouse/publication"

_ASKED_BY = {
    COMMAND_LINE_TAG: "command_line",
    "dagster/sensor_name": "sensor",
    "dagster/schedule_name": "schedule",
    "dagster/backfill": "backfill",
}


def asked_by(tags: Mapping[str, str]) -> str:
    """Return who asked for a run with these tags."""
    return next((who for tag, who in _ASKED_BY.items() if tag in tags), "person")


def tag_run(context: AssetExecutionContext, tags: Mapping[str, str]) -> None:
    """Give the run of a step tags, and that of who asked for it."""
    run = context.run
    context.instance.add_run_tags(run.run_id, {ASKED_BY_TAG: asked_by(run.tags), **tags})
