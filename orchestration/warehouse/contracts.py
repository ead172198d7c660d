"""Whether the columns that the models give were compared with their contracts by the program as it is now."""

from __future__ import annotations

from importlib.metadata import version

from orchestration.home.made_of import Inputs, Step, digest_of_code
from orchestration.home.paths import CHECKOUT, Home
from orchestration.warehouse.dbt_project import sources_digest, tools
from orchestration.warehouse.slice.state import SliceState


class Contracts:
    """What is known of the contracts of a home, asked when a build begins: dbt reads the program as it is then."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._step = Step.of(home, "contracts")
        self._inputs = _inputs()

    def are_checked(self) -> bool:
        """Tell whether the build that has begun makes some dates, and contracts have been compared before it."""
        return SliceState(self._home).is_sliced() and not self._step.changed(self._inputs)

    def remember(self) -> None:
        """Say that dbt has come to the end of the build, with contracts compared in it or before it."""
        self._step.remember(self._inputs)


def _inputs() -> Inputs:
    # All code: whatever writes a file that dbt reads decides what its columns are.
    return {
        "models": sources_digest(),
        "code": digest_of_code(CHECKOUT / "orchestration"),
        "schemas": digest_of_code(CHECKOUT / "schemas"),
        "tools": f"{tools()}, dbt-adapters {version('dbt-adapters')}, dbt-duckdb {version('dbt-duckdb')}",
    }
