"""Checks on the assets: what stops a publication, and what a person should look at."""

from __future__ import annotations

from dagster import AssetCheckResult, AssetCheckSeverity, MetadataValue, asset_check

from orchestration.assets.landing import landing
from orchestration.assets.publish import published_file
from orchestration.build_state import BuildState
from orchestration.reconciliation import describe, record_totals, unbalanced_files
from orchestration.settings import Home

QUARANTINE_LIMIT = 0.05
"""A larger share of bad records is rarely a few typing errors: most often a file's form has changed."""


@asset_check(asset=landing, blocking=True)
def every_record_is_accounted_for() -> AssetCheckResult:
    """In each file: records read = accepted + quarantined + duplicate in the file + ignored by kind."""
    wrong = unbalanced_files(Home.from_env())
    return AssetCheckResult(
        passed=not wrong,
        severity=AssetCheckSeverity.ERROR,
        description=describe(wrong) or "read = accepted + quarantined + duplicate + ignored, in every file",
        metadata={"files_out_of_balance": MetadataValue.int(len(wrong))},
    )


@asset_check(asset=landing)
def few_records_are_in_quarantine() -> AssetCheckResult:
    """Over all files at most 5 % of the records are in quarantine."""
    read, quarantined = record_totals(Home.from_env())
    return AssetCheckResult(
        passed=quarantined <= QUARANTINE_LIMIT * read,
        severity=AssetCheckSeverity.WARN,
        description=f"{quarantined} of {read} records are in quarantine; data health shows the reasons",
        metadata={"records_read": MetadataValue.int(read), "records_quarantined": MetadataValue.int(quarantined)},
    )


@asset_check(asset=published_file)
def the_publication_holds_what_was_built() -> AssetCheckResult:
    """The published file is there, and is not older than the warehouse that was last built."""
    home = Home.from_env()
    there = home.published_file.exists()
    newer = there and home.published_file.stat().st_mtime_ns >= home.warehouse_file.stat().st_mtime_ns
    return AssetCheckResult(
        passed=newer and BuildState(home).is_complete(),
        severity=AssetCheckSeverity.ERROR,
        description=str(home.published_file),
    )


CHECKS = [every_record_is_accounted_for, few_records_are_in_quarantine, the_publication_holds_what_was_built]
