"""What the last complete build of a home was made from; absent while a build is going on or after it failed.

A publication asks for it, so that a warehouse left mixed by a killed build is never published; a run asks
for it to see that there is nothing new.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from orchestration.home.kept_json import stamp
from orchestration.home.made_of import Inputs, Step, digest_of_code, digest_of_files
from orchestration.home.paths import CHECKOUT, Home
from orchestration.home.retained import retained
from orchestration.warehouse.dbt_project import PROJECT, sources_digest, tools
from orchestration.warehouse.history.orders import digest_of_orders
from orchestration.warehouse.slice.state import SliceState

CODE = CHECKOUT / "orchestration" / "centre"
"""Python that writes tables for dbt: the settings of the centre."""
POLICY_CODE = CHECKOUT / "orchestration" / "policy"
"""The same: the centre's policy."""


def drop_database(file: Path) -> None:
    """Remove a DuckDB file and what was written ahead of it."""
    for path in (file, file.with_name(f"{file.name}.wal")):
        path.unlink(missing_ok=True)


class BuildState:
    """The step from the raw zone to the file that dbt builds."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._step = Step.of(home, "build")

    def forget(self) -> None:
        """Say that the warehouse is in an unknown state, and drop all its files.

        dbt makes every table anew. In a file that is there already the earlier ones would leave holes, and a damaged
        one would stop every build to come.
        """
        SliceState(self._home).forget()
        self.begin()
        for file in (self._home.built_file, self._home.kept_file):
            drop_database(file)

    def begin(self) -> None:
        """Say that the warehouse is in an unknown state until the build is remembered, and drop its file of steps."""
        self._step.forget()
        drop_database(self._home.warehouse_file)

    def remember(self, as_of: datetime | None) -> None:
        """Say that the warehouse is complete, made from what the home holds now."""
        self._step.remember(self._inputs(as_of), stamp(self._home.built_file))

    def is_known(self) -> bool:
        """Tell whether a complete build is on record, whatever became of its file."""
        return self._step.at is not None

    def is_complete(self) -> bool:
        """Tell whether the file stands as it came out of a build in which every model and test passed."""
        return self._step.is_as_left(stamp(self._home.built_file))

    def is_current(self, as_of: datetime | None) -> bool:
        """Tell whether another build would be made from the same ledger, settings, models, tools and as_of."""
        return self._step.is_current(self._inputs(as_of), stamp(self._home.built_file))

    @property
    def as_of(self) -> datetime | None:
        """The instant that stood for now in the last complete build; None if it was the last one covered by data."""
        told = self._step.made_of.get("as_of")
        return datetime.fromisoformat(told) if told else None

    @property
    def digest(self) -> str:
        """The build as an input of what is made from it."""
        return self._step.digest

    def _inputs(self, as_of: datetime | None) -> Inputs:
        ledger = self._home.ledger
        return {
            "ledger": digest_of_files(ledger, ledger.glob("*/*/*.json")),
            "centre": hashlib.sha256(self._home.centre_file.read_bytes()).hexdigest(),
            "policy": _digest_of_policy(self._home),
            "models": sources_digest(PROJECT),
            "code": digest_of_code(CODE),
            "policy code": digest_of_code(POLICY_CODE),
            "tools": tools(),
            "as_of": as_of.isoformat() if as_of else None,
            "orders": digest_of_orders(self._home),
            # What was published as going on purpose goes at the next build.
            "gone": str(retained(self._home)),
        }


def _digest_of_policy(home: Home) -> str | None:
    try:
        return hashlib.sha256(home.policy_file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
