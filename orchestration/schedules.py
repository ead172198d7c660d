"""The nightly run: the files of yesterday and today, whether or not the sensor is on."""

from __future__ import annotations

from datetime import timedelta

from dagster import DefaultScheduleStatus, RunRequest, ScheduleEvaluationContext, schedule

from orchestration.centre import load_centre
from orchestration.jobs import WHOLE_WAY
from orchestration.range_tags import range_tags
from orchestration.settings import Home


@schedule(
    job=WHOLE_WAY,
    cron_schedule="0 5 * * *",
    default_status=DefaultScheduleStatus.STOPPED,
    description="At 05:00 UTC: take what was dropped yesterday and today, and publish.",
)
def nightly(context: ScheduleEvaluationContext) -> RunRequest:
    """Ask for yesterday and today in one run; days before are the sensor's, or a person's."""
    load_centre(Home.from_env())  # a broken centre.yaml shows at the tick, not in the middle of a run
    today = context.scheduled_execution_time.date()
    return RunRequest(run_key=today.isoformat(), tags=range_tags(today - timedelta(days=1), today))
