"""The warehouse asset: every seed, model and data test of the dbt project, over the raw Parquet of the home."""

# No `from __future__ import annotations` here: Dagster reads the type of `config` as an object.
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from dagster import AssetExecutionContext, Config
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliInvocation,
    DbtCliResource,
    dbt_assets,
)
from dagster_dbt.errors import DagsterDbtCliRuntimeError
from packaging.version import Version

from orchestration.centre import load_centre
from orchestration.centre.tables import write_settings_tables
from orchestration.defs.assets.remedy import remedy_first
from orchestration.home.errors import ScorehouseError
from orchestration.home.lock import home_lock
from orchestration.home.paths import HOME_VARIABLE, MEMORY_LIMIT_VARIABLE, Home, memory_limit
from orchestration.home.progress import say
from orchestration.landing.taking import ensure_empty_parts, recover
from orchestration.warehouse.as_of import checked_as_of
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.dbt_project import BUILD_ARGUMENTS, MANIFEST, PROJECT, dbt_executable

# Every raw feed comes out of one asset: a range run writes one event per partition and asset.
TRANSLATOR = DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

_DBT_ERRORS = "Errors parsed from dbt logs:"


class WarehouseConfig(Config):
    """Settings of one build."""

    as_of: str | None = None
    """ISO instant with offset that stands for now; the last instant covered by data if absent."""


@dbt_assets(
    manifest=MANIFEST,
    name="warehouse",
    pool="warehouse",
    dagster_dbt_translator=TRANSLATOR,
)
def warehouse(context: AssetExecutionContext, config: WarehouseConfig) -> Iterator[Any]:
    """Build the working DuckDB file of the home; nothing of it is published unless all models and tests pass."""
    home = Home.from_env()
    home.create_folders()
    as_of = checked_as_of(home, datetime.fromisoformat(config.as_of) if config.as_of else None)
    with remedy_first(), home_lock(home):
        state = BuildState(home)
        state.forget()
        # dbt reads whatever lies there, also what a run left that was cut off while it took files.
        recover(home)
        write_settings_tables(home, load_centre(home), as_of)
        ensure_empty_parts(home)
        os.environ[HOME_VARIABLE] = str(home.root)
        os.environ.setdefault(MEMORY_LIMIT_VARIABLE, memory_limit())
        invocation = _dbt().cli([*BUILD_ARGUMENTS], context=context, target_path=home.dbt_state / "target")
        yield from _told(home, invocation)
        state.remember(as_of)


class _Dbt(DbtCliResource):
    """dbt as a process only: without starting it once more for its version, and without loading it in this process.

    Both serve row counts and column metadata that are not asked for here, and cost five seconds of a run.
    """

    @property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        return None


def _dbt() -> DbtCliResource:
    return _Dbt(project_dir=os.fspath(PROJECT), profiles_dir=os.fspath(PROJECT), dbt_executable=dbt_executable())


class WarehouseError(ScorehouseError, RuntimeError):
    """dbt did not come to its end; the message begins with the remedy and has dbt's own words."""


def _told(home: Home, invocation: DbtCliInvocation) -> Iterator[Any]:
    try:
        for number, event in enumerate(invocation.stream(), start=1):
            say(f"building the warehouse: step {number}")
            yield event
    except DagsterDbtCliRuntimeError as error:
        raise WarehouseError(told_first(home, str(error))) from None


def told_first(home: Home, words: str) -> str:
    """Return what to do and what dbt said is wrong, without its command and its settings."""
    _, _, found = words.partition(_DBT_ERRORS)
    return (
        "Nothing is published; what was published before stays. Remedy: mend what is named here "
        "(a data test names the records it found wrong; a file that was dropped again is taken by the next run), "
        f"then run again. {home.dbt_state / 'console.log'} or the run's stdout has all of dbt's words.\n"
        f"{found.strip() or words}"
    )
