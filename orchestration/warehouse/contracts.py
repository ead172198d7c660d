"""Whether the columns that the models give were compared with their contracts by the program as it is now."""

from __future__ import annotations

from importlib.metadata import version

from orchestration.home.made_of import Inputs, Step, digest_of_code
from orchestration.home.paths import CHECKOUT, Home
from orchestration.warehouse.dbt_project import sources_digest
from orchestration.warehouse.slice.state import SliceState

_TOOLS = ("dbt-core", "dbt-adapters", "dbt-duckdb", "duckdb")


def are_contracts_checked(home: Home) -> bool:
    """Tell whether the build that has begun makes some dates, and contracts have been compared before it."""
    return SliceState(home).is_sliced() and not _step(home).changed(_inputs())


def remember_checked_contracts(home: Home) -> None:
    """Say that dbt has come to the end of a build, with contracts compared in it or before it."""
    _step(home).remember(_inputs())


def _step(home: Home) -> Step:
    return Step.of(home, "contracts")


def _inputs() -> Inputs:
    # All code: whatever writes a file that dbt reads decides what its columns are.
    return {
        "models": sources_digest(),
        "code": digest_of_code(CHECKOUT / "orchestration"),
        "schemas": digest_of_code(CHECKOUT / "schemas"),
        "tools": ", ".join(f"{tool} {version(tool)}" for tool in _TOOLS),
    }
