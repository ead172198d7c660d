"""The warehouse asset: every seed, model and data test of the dbt project, over the raw Parquet of the home."""

# No `from __future__ import annotations` here: Dagster reads the type of `config` as an object.
import os
from collections.abc import Iterator
from datetime import datetime
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

from orchestration.defs.assets.remedy import remedy_first
from orchestration.defs.building import building
from orchestration.defs.dagster_inside import DbtAsProcess
from orchestration.defs.run_tags import BUILT_TAG, tag_run
from orchestration.home.errors import ScorehouseError
from orchestration.home.lock import home_lock
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.home.progress import say
from orchestration.warehouse.as_of import checked_as_of
from orchestration.warehouse.build_environment import build_environment
from orchestration.warehouse.contracts import Contracts
from orchestration.warehouse.dbt_project import MANIFEST, PROJECT, dbt_executable, forget_other_parse
from orchestration.warehouse.memory import ShortOfMemoryError
from orchestration.warehouse.slice.state import SliceState

# Every raw feed comes out of one asset: a range run writes one event per partition and asset.
TRANSLATOR = DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

_DBT_ERRORS = "Errors parsed from dbt logs:"
_OUT_OF_MEMORY = "Out of Memory Error"
"""How DuckDB begins what it says then."""


class WarehouseConfig(Config):
    """Settings of one build."""

    as_of: str | None = None
    """ISO instant with offset that stands for now; the last instant covered by data if absent."""
    whole: bool = False
    """Make every date anew, not only those that new files touch."""


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
    with remedy_first(context), home_lock(home), building(home, as_of, whole=config.whole) as arguments:
        context.log.info(SliceState(home).told())
        tag_run(context, {BUILT_TAG: "slice" if SliceState(home).is_sliced() else "everything"})
        os.environ[HOME_VARIABLE] = str(home.root)
        forget_other_parse(home.dbt_state / "target")
        contracts = Contracts(home)
        with build_environment(home, contracts) as may_get_more:
            invocation = _dbt().cli(arguments, context=context, target_path=home.dbt_state / "target")
        yield from _told(home, invocation, may_get_more=may_get_more)
        contracts.remember()


def _dbt() -> DbtCliResource:
    return DbtAsProcess(
        project_dir=os.fspath(PROJECT), profiles_dir=os.fspath(PROJECT), dbt_executable=dbt_executable()
    )


class WarehouseError(ScorehouseError, RuntimeError):
    """dbt did not come to its end; the message begins with the remedy and has dbt's own words."""


def _told(home: Home, invocation: DbtCliInvocation, *, may_get_more: bool) -> Iterator[Any]:
    try:
        for number, event in enumerate(invocation.stream(), start=1):
            say(f"building the warehouse: step {number}")
            yield event
    except DagsterDbtCliRuntimeError as error:
        if may_get_more and _OUT_OF_MEMORY in str(error):
            raise ShortOfMemoryError("A build of some dates needs more memory than was thought.") from None
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
