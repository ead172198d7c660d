"""The assets of sources that are pulled, one each: what is new of a database or an API, as landing files."""

# No `from __future__ import annotations` here: Dagster reads the type of `context` as an object.
import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    MaterializeResult,
    MetadataValue,
    asset,
    asset_check,
)

from orchestration.centre import CentreError, load_centre
from orchestration.defs.assets.remedy import remedy_first
from orchestration.defs.assets.tables import table
from orchestration.fetch.failures import PullError, PullLaterError
from orchestration.fetch.pull import PulledRecords, chosen_sources, completed_at, pull_source, pulled_sources
from orchestration.fetch.told import sentences
from orchestration.home.paths import Home
from orchestration.sources.pulled.settings import PulledSource

PULLED = "pulled"
"""The first part of the keys of these assets, and their group."""


def sources_of(home: Home) -> list[PulledSource]:
    """Return what a home pulls; nothing as long as there is no readable centre.yaml."""
    try:
        return pulled_sources(load_centre(home))
    except CentreError:
        return []


def key_of(source: str) -> AssetKey:
    """Return the asset of a source; Dagster takes letters, digits and `_` only."""
    plain = re.sub(r"\W", "_", source)
    return AssetKey(
        [PULLED, plain if plain == source else f"{plain}_{hashlib.sha256(source.encode()).hexdigest()[:6]}"]
    )


def pulled_asset(source: PulledSource) -> AssetsDefinition:
    """Return the asset of a source: a step and a pool of its own."""
    name, key = source.name, key_of(source.name)

    @asset(
        key=key,
        description=f"What is new of the source {name}, as landing files.",
        group_name=PULLED,
        owners=["team:landing"],
        kinds={"dlt", "sql" if source.kind == "sql" else "json"},
        pool=f"pull_{key.path[-1]}",
    )
    def pulled(context: AssetExecutionContext) -> MaterializeResult[None]:
        home = Home.from_env()
        with remedy_first(context):
            centre = load_centre(home)
            (there,) = chosen_sources(centre, name)
            records = pull_source(home, centre, there)
            for sentence in sentences(records):
                context.log.info(sentence)
            if records.failed:
                raise (PullLaterError if records.may_pass else PullError)("\n".join(records.failed))
        return MaterializeResult(metadata=_metadata(records))

    return pulled


def freshness_check(source: PulledSource) -> AssetChecksDefinition:
    """Return the check whether a source was pulled whole within the lag that it declares."""
    name = source.name

    @asset_check(
        asset=key_of(name),
        name="is_as_fresh_as_declared",
        description=f"The last complete pull of {name} is not longer ago than its `lag`.",
    )
    def is_as_fresh_as_declared() -> AssetCheckResult:
        home = Home.from_env()
        (there,) = chosen_sources(load_centre(home), name)
        last = completed_at(home, there)
        age = None if last is None else datetime.now(UTC) - last
        told = "it was never pulled whole" if last is None else f"pulled whole at {last:%Y-%m-%d %H:%M} UTC"
        return AssetCheckResult(
            passed=age is not None and age <= there.lag,
            severity=AssetCheckSeverity.WARN,
            description=f"{name}: {told}; its lag is {there.lag}",
            metadata={"lag_seconds": MetadataValue.int(int(there.lag.total_seconds()))}
            | ({} if age is None else {"age_seconds": MetadataValue.int(int(age.total_seconds()))}),
        )

    return is_as_fresh_as_declared


def _metadata(records: PulledRecords) -> dict[str, MetadataValue[Any]]:
    windows = [
        {"stream": stream.stream, "file": one.file, "rows": one.rows, "first": one.first or "", "last": one.last or ""}
        for stream in records.streams
        for one in stream.windows
    ]
    return {
        "dagster/row_count": MetadataValue.int(records.new),
        "rows_read": MetadataValue.int(sum(stream.read for stream in records.streams)),
        "rows_new": MetadataValue.int(records.new),
        "files": MetadataValue.int(records.files),
        "windows": table(windows, {"rows": "int"}),
        "notes": MetadataValue.text("\n".join(note for stream in records.streams for note in stream.notes)),
    }
