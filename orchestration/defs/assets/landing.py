"""The landing asset: files of some landing days, read, validated and written as Parquet."""

# No `from __future__ import annotations` here: Dagster reads the types of `context` and `config` as objects.
from collections.abc import Sequence
from datetime import date
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    BackfillPolicy,
    Config,
    DailyPartitionsDefinition,
    MaterializeResult,
    MetadataValue,
    RunConfig,
    asset,
)
from pydantic import Field

from orchestration.centre import load_centre
from orchestration.defs.assets.remedy import remedy_first
from orchestration.defs.assets.tables import files_table, table
from orchestration.defs.day_facts import RECORD_COUNTS, DayFacts, facts_of_days
from orchestration.defs.run_tags import LANDING_DAYS_TAG, tag_run
from orchestration.home.paths import Home
from orchestration.landing.take import take_days
from orchestration.landing.taking import find_waiting_files, misplaced

LANDING = AssetKey("landing")


class LandingConfig(Config):
    """What a run takes of its landing days."""

    only_new: bool = Field(
        default=False,
        description="Take only files that were not taken in their present form, as the sensor, the schedule and "
        "`scorehouse run` do. Otherwise every file of these days is taken anew.",
    )


ONLY_NEW = {LANDING.to_python_identifier(): LandingConfig(only_new=True)}
"""What a run is given that looks for new files, for the ops of a RunConfig."""


def only_new_config() -> RunConfig:
    """Return the configuration of a run that looks for new files."""
    return RunConfig(ops=dict(ONLY_NEW))


def landing_asset(days: DailyPartitionsDefinition, pulled: Sequence[AssetKey] = ()) -> AssetsDefinition:
    """Return the asset over the landing days of a home, some of whose files are pulled by other assets."""

    @asset(
        key=LANDING,
        deps=pulled,
        partitions_def=days,
        backfill_policy=BackfillPolicy.single_run(),
        group_name="raw",
        owners=["team:landing"],
        kinds={"polars", "parquet"},
        pool="landing",
    )
    def landing(context: AssetExecutionContext, config: LandingConfig) -> MaterializeResult[None]:
        """Every file dropped on a landing day: checked, its accepted rows as Parquet, the others in quarantine.

        To materialise a day is to take all its files anew; unchanged ones give the same rows once more. The sensor, the
        schedule and the command line ask for new files only.
        """
        with remedy_first(context):
            _take(context, config)
        return MaterializeResult()

    return landing


def _take(context: AssetExecutionContext, config: LandingConfig) -> None:
    home = Home.from_env()
    centre = load_centre(home)
    keys = context.partition_key_range
    first, last = date.fromisoformat(keys.start), date.fromisoformat(keys.end)
    tag_run(context, {LANDING_DAYS_TAG: f"{first}..{last}"})
    taken = take_days(home, centre, first, last, anew=not config.only_new)
    how = "new files taken" if config.only_new else "files taken anew"
    context.log.info(f"Landing days {first} to {last}: {taken.files} {how}.")
    for file, message in taken.failed.items():
        context.log.warning(f"{file}: {message}")
    for file, message in taken.incomplete.items():
        context.log.warning(f"{file}: {message}")
    for file, why in find_waiting_files(home, centre).items():
        context.log.warning(f"{file} waits: {why}.")
    for message in misplaced(home, centre):
        context.log.warning(message)
    for day, facts in facts_of_days(home, first, last).items():
        metadata = _metadata(facts) | {how.replace(" ", "_"): MetadataValue.int(taken.by_day[day])}
        context.add_asset_metadata(metadata, partition_key=day.isoformat())


def _metadata(facts: DayFacts) -> dict[str, MetadataValue[Any]]:
    rows = {f"rows {feed}": MetadataValue.int(count) for feed, count in sorted(facts.rows_by_feed.items())}
    return {
        "dagster/partition_row_count": MetadataValue.int(facts.rows_by_feed.total()),
        "files": MetadataValue.int(facts.files),
        **{name: MetadataValue.int(facts.records[name]) for name in RECORD_COUNTS},
        **rows,
        "quarantine_by_reason": table([vars(reason) for reason in facts.reasons], {"records": "int"}),
        "files_not_readable": files_table(facts.failed),
    }
