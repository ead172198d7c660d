"""The dates asset: local dates of contacts that a person wants built anew, for a build that makes just these."""

# No `from __future__ import annotations` here: Dagster reads the type of `context` as an object.
from datetime import date, timedelta

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    BackfillPolicy,
    DailyPartitionsDefinition,
    MaterializeResult,
    asset,
)

from orchestration.defs.assets.remedy import remedy_first
from orchestration.defs.run_tags import DATES_TAG, tag_run
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.warehouse.slice.asked import AskedDates

DATES = AssetKey("dates")


def dates_asset(days: DailyPartitionsDefinition) -> AssetsDefinition:
    """Return the asset over the local dates of the contacts of a home."""

    @asset(
        key=DATES,
        partitions_def=days,
        backfill_policy=BackfillPolicy.single_run(),
        group_name="raw",
        owners=["team:metrics"],
        kinds={"duckdb"},
        pool="warehouse",
    )
    def dates(context: AssetExecutionContext) -> MaterializeResult[None]:
        """Local dates of contacts to be built anew, though no file of them changed.

        The job `dates_anew` does so, publishes and writes the pages, in one run for all that were picked. A date that
        is materialised alone is built anew by the next build.
        """
        keys = context.partition_key_range
        first, last = date.fromisoformat(keys.start), date.fromisoformat(keys.end)
        home = Home.from_env()
        with remedy_first(context), home_lock(home):
            AskedDates(home).add(first + timedelta(number) for number in range((last - first).days + 1))
        tag_run(context, {DATES_TAG: f"{first}..{last}"})
        return MaterializeResult()

    return dates
