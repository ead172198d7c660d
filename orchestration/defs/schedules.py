"""The nightly run: every file that is new, whether or not the sensor is on; and notices every five minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

from orchestration.centre import load_centre
from orchestration.defs.assets.landing import LANDING, only_new_config
from orchestration.defs.jobs import SEND_NOTICES, WHOLE_WAY
from orchestration.defs.range_tags import range_tags
from orchestration.defs.sensors import stretches
from orchestration.home.paths import Home
from orchestration.landing.rest import Looks
from orchestration.landing.taking import find_new_files
from orchestration.notify.plan import SENDABLE, plan_notices
from orchestration.site.site_state import first_stale


def nightly_schedule(zone: str) -> ScheduleDefinition:
    """Return the schedule at 05:00 of a zone, the centre's own."""

    @schedule(
        job=WHOLE_WAY,
        cron_schedule="0 5 * * *",
        execution_timezone=zone,
        default_status=DefaultScheduleStatus.STOPPED,
        description=f"At 05:00 ({zone}): take every new file, however old its landing day, and publish.",
    )
    def nightly(context: ScheduleEvaluationContext) -> Iterator[RunRequest | SkipReason]:
        """Ask for the landing days with new files; without any, for today, unless all that is there is published."""
        home = Home.from_env()
        Looks(home).remember()
        # Here a broken centre.yaml shows at the tick, not in the middle of a run.
        files = find_new_files(home, load_centre(home))
        today = context.scheduled_execution_time.astimezone(ZoneInfo(zone)).date()
        for stretch in stretches(files):
            yield RunRequest(
                # Files whose run failed are asked for again the next night.
                run_key=f"{today} {stretch.key}",
                run_config=only_new_config(),
                tags=range_tags(stretch.first, stretch.last),
                asset_selection=None if stretch.is_last else [LANDING],
            )
        if files:
            return
        if first_stale(home) is None:
            yield SkipReason("Nothing new: every file is taken and published.")
        else:
            yield RunRequest(run_key=str(today), run_config=only_new_config(), tags=range_tags(today, today))

    return nightly


@schedule(
    job=SEND_NOTICES,
    cron_schedule="*/5 * * * *",
    default_status=DefaultScheduleStatus.STOPPED,
    description="Every five minutes: send what is due to people and teams; nothing where centre.yaml has no channels.",
)
def every_five_minutes() -> RunRequest | SkipReason:
    """Ask for the notices, unless the centre has no channels or nothing is due."""
    home = Home.from_env()
    centre = load_centre(home)
    if not centre.notices.channels:
        return SkipReason("Nothing is sent: centre.yaml has no notices.channels.")
    due = [item for item in plan_notices(home, centre, datetime.now(UTC)) if item.standing in SENDABLE]
    return RunRequest() if due else SkipReason("Nothing is due.")
