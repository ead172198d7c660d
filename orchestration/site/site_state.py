"""From which build, by which code, queries and shell the pages of a home were made; and what has to be made again."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from orchestration.home.made_of import Inputs, Step, digest_of_code
from orchestration.home.paths import CHECKOUT, Home
from orchestration.site.inventory import held
from orchestration.site.shell import REPORTS, shell_digest
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.file_state import FileState

CODE = CHECKOUT / "orchestration" / "site"
QUERIES = REPORTS / "sources"

Stage = Literal["build", "file", "site"]
"""The steps from the raw zone to the pages, in their order."""


class SiteState:
    """The step from the published file to the pages."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._step = Step.of(home, "site")

    def remember(self) -> None:
        """Say that the pages have just been written, whole."""
        self._step.remember(self._inputs(), held(self._home))

    def is_whole(self) -> bool:
        """Tell whether the site holds what was written: number and bytes of its files, and the manifests."""
        return self._step.is_as_left(held(self._home))

    def is_current(self) -> bool:
        """Tell whether the pages show the last complete build as this version shows it, and nothing is missing."""
        return self._step.is_current(self._inputs(), held(self._home))

    @property
    def at(self) -> str | None:
        """When the pages were written, as an ISO instant; None if never, or if that is not known any more."""
        return self._step.at

    def _inputs(self) -> Inputs:
        return {
            "build": BuildState(self._home).digest,
            "publisher": digest_of_code(CODE),
            "queries": digest_of_code(QUERIES),
            "shell": shell_digest(REPORTS),
        }


def first_stale(home: Home, as_of: datetime | None = None, *, site: bool = True) -> Stage | None:
    """Return the first step that has to be made again (those after it follow); None if all is published.

    Without `site` the pages are not looked at.
    """
    if not BuildState(home).is_current(as_of):
        return "build"
    if not FileState(home).is_current():
        return "file"
    return "site" if site and not SiteState(home).is_current() else None
