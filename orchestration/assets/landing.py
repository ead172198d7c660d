"""The landing asset: files of some landing days, read, validated and written as Parquet."""

# No `from __future__ import annotations` here: Dagster reads the type of `context` as an object.
from datetime import date
from typing import Any

from dagster import AssetExecutionContext, BackfillPolicy, MaterializeResult, MetadataValue, asset

from orchestration.centre import load_centre
from orchestration.partitions import LANDING_DAYS
from orchestration.settings import Home
from orchestration.take import TakenFiles, take_new_files


@asset(
    partitions_def=LANDING_DAYS,
    backfill_policy=BackfillPolicy.single_run(),
    group_name="raw",
    kinds={"polars", "parquet"},
    pool="landing",
)
def landing(context: AssetExecutionContext) -> MaterializeResult[None]:
    """Take every file of these landing days that was not taken yet; bad records go to quarantine with reasons."""
    home = Home.from_env()
    keys = context.partition_key_range
    first, last = date.fromisoformat(keys.start), date.fromisoformat(keys.end)
    taken = take_new_files(home, load_centre(home), first, last)
    for name, message in taken.failed.items():
        context.log.warning(f"{name}: {message}")
    return MaterializeResult(metadata=_metadata(taken))


def _metadata(taken: TakenFiles) -> dict[str, MetadataValue[Any]]:
    return {
        "files": MetadataValue.int(taken.files),
        "records_read": MetadataValue.int(taken.records_read),
        "records_accepted": MetadataValue.int(taken.records_accepted),
        "records_quarantined": MetadataValue.int(taken.records_quarantined),
        "records_duplicate": MetadataValue.int(taken.records_duplicate),
        "records_ignored": MetadataValue.int(taken.records_ignored),
        "failed_files": MetadataValue.json(taken.failed),
    }
