"""From which build, and by which code, the published file of a home was made."""

from __future__ import annotations

from orchestration.home.kept_json import stamp
from orchestration.home.made_of import Inputs, Step, digest_of_code
from orchestration.home.paths import CHECKOUT, Home
from orchestration.warehouse.build_state import BuildState

CODE = CHECKOUT / "orchestration" / "warehouse"


class FileState:
    """The step from the file that dbt builds to the one that readers open."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._step = Step.of(home, "file")

    def remember(self) -> None:
        """Say that the published file holds the build that is on record now."""
        self._step.remember(self._inputs(), stamp(self._home.published_file))

    def is_as_published(self) -> bool:
        """Tell whether nobody wrote to the file since it was published."""
        return self._step.is_as_left(stamp(self._home.published_file))

    def is_current(self) -> bool:
        """Tell whether the published file holds the last complete build, as this code publishes it."""
        return self._step.is_current(self._inputs(), stamp(self._home.published_file))

    @property
    def at(self) -> str | None:
        """When the file was published, as an ISO instant; None if never, or if that is not known any more."""
        return self._step.at

    def _inputs(self) -> Inputs:
        return {"build": BuildState(self._home).digest, "publisher": digest_of_code(CODE)}
