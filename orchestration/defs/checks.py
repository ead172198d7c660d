"""Checks on the assets: what stops a publication, and what a person should look at."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from dagster import AssetCheckResult, AssetCheckSeverity, MetadataValue, asset_check

from orchestration.centre import load_centre
from orchestration.defs.assets.landing import LANDING
from orchestration.defs.assets.publish import published_file
from orchestration.defs.assets.tables import files_table, table
from orchestration.home.equation import describe, unbalanced_files, unreadable_files
from orchestration.home.names import true_name
from orchestration.home.paths import Home
from orchestration.site.drift import drifts
from orchestration.site.intake import MOST_TOLD, PARTLY_LOST, Finding, intake_findings
from orchestration.site.rhythm import rhythms
from orchestration.warehouse.build_state import BuildState


@asset_check(asset=LANDING, blocking=True)
def every_record_is_accounted_for() -> AssetCheckResult:
    """In each file: records read = accepted + quarantined + duplicate in the file + ignored by kind."""
    wrong = unbalanced_files(Home.from_env())
    return AssetCheckResult(
        passed=not wrong,
        severity=AssetCheckSeverity.ERROR,
        description=describe(wrong) or "read = accepted + quarantined + duplicate + ignored, in every file",
        metadata={"files_out_of_balance": MetadataValue.int(len(wrong))},
    )


@asset_check(asset=LANDING)
def every_file_gave_records() -> AssetCheckResult:
    """No file of the last 28 landing days went into quarantine whole."""
    return _told([found for found in intake_findings(Home.from_env()) if found.finding == "nothing_accepted"])


@asset_check(asset=LANDING)
def nothing_taken_was_lost() -> AssetCheckResult:
    """What was taken of each file is still there, or the file lies in landing/ and is taken again."""
    return _told([found for found in intake_findings(Home.from_env()) if found.finding == PARTLY_LOST])


@asset_check(asset=LANDING)
def no_source_has_more_in_quarantine_than_usual() -> AssetCheckResult:
    """No file and no landing day has over 5 points more of its records in quarantine than its source usually has."""
    return _told([found for found in intake_findings(Home.from_env()) if found.finding == "above_usual"])


@asset_check(asset=LANDING)
def every_source_comes_as_often_as_usual() -> AssetCheckResult:
    """No source has been silent for longer than nine of ten of its last 28 waits between two landing days."""
    home = Home.from_env()
    centre = load_centre(home)
    today = datetime.now(ZoneInfo(centre.time_zone)).date()
    found = rhythms(home, [source.name for source in centre.sources], today)
    late = [one for one in found if one.is_late]
    rows = [
        {
            "source": one.source,
            "last_landing_day": str(one.last_day or ""),
            "usual_days": "not enough data" if one.usual_days is None else str(one.usual_days),
            "days_since": "" if one.days_since is None else str(one.days_since),
            "is_late": one.is_late,
        }
        for one in found
    ]
    return AssetCheckResult(
        passed=not late,
        # A source may be silent for good reasons; a run goes on, and a person looks.
        severity=AssetCheckSeverity.WARN,
        description="\n".join(str(one) for one in late or found) or "the centre has no source",
        metadata={"late": MetadataValue.int(len(late)), "sources": table(rows, {"is_late": "bool"})},
    )


@asset_check(asset=LANDING)
def files_have_the_columns_of_those_before() -> AssetCheckResult:
    """No column came, went or holds another kind of values than in the files before of the same source and name."""
    found = drifts(Home.from_env())
    return AssetCheckResult(
        passed=not found,
        # A system may have been changed for good reasons; a run goes on, and a person looks.
        severity=AssetCheckSeverity.WARN,
        description="\n".join(str(one) for one in found[:MOST_TOLD]) or "every file has the columns of those before",
        metadata={"columns_changed": MetadataValue.int(len(found))},
    )


def _told(findings: list[Finding]) -> AssetCheckResult:
    return AssetCheckResult(
        passed=not findings,
        severity=AssetCheckSeverity.ERROR,
        description="\n".join(str(found) for found in findings[:MOST_TOLD]) or "nothing came in wrong",
        metadata={"findings": MetadataValue.int(len(findings))},
    )


@asset_check(asset=LANDING)
def every_file_could_be_read() -> AssetCheckResult:
    """Of every file that lies in landing/ something could be read; one that is mended is dropped again."""
    home = Home.from_env()
    failed = {file: why for file, why in unreadable_files(home).items() if (home.landing / true_name(file)).exists()}
    lines = [f"{file}: {message}" for file, message in failed.items()]
    return AssetCheckResult(
        passed=not failed,
        severity=AssetCheckSeverity.ERROR,
        description="\n".join(lines) or "every file could be read",
        metadata={"files": files_table(failed), "files_not_readable": MetadataValue.int(len(failed))},
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


CHECKS = [
    every_record_is_accounted_for,
    every_file_could_be_read,
    every_file_gave_records,
    nothing_taken_was_lost,
    no_source_has_more_in_quarantine_than_usual,
    every_source_comes_as_often_as_usual,
    files_have_the_columns_of_those_before,
    the_publication_holds_what_was_built,
]
