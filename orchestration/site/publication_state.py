"""When and from which build the file and the pages of a home were last published."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from orchestration.home.kept_json import read_kept, stamp, write_kept
from orchestration.home.paths import Home
from orchestration.site.inventory import is_site_whole
from orchestration.site.shell import shell_digest
from orchestration.warehouse.build_state import BuildState


class PublicationState:
    """The record of the last publication, a small JSON file in state/."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.state / "publication.json"

    def remember_file(self) -> None:
        """Say that the published file holds the build that is recorded now."""
        self._write({"file_of": self._build(), "file_is": stamp(self._home.published_file) or "", "file_at": _now()})

    def remember_site(self) -> None:
        """Say that the pages show the build that is recorded now."""
        self._write({"site_of": self._site(), "site_at": _now()})

    def is_file_current(self) -> bool:
        """Tell whether the published file holds the last complete build, as it was published."""
        kept = self.read()
        return kept.get("file_of") == self._build() and kept.get("file_is") == stamp(self._home.published_file)

    def is_site_current(self) -> bool:
        """Tell whether the pages show the last complete build in the shell of this version, and nothing is missing."""
        return self.read().get("site_of") == self._site() and is_site_whole(self._home)

    def read(self) -> dict[str, str]:
        """Return the record: file_at and site_at as ISO instants, absent if never published or not known any more."""
        return read_kept(self._path) or {}

    def _build(self) -> str:
        build = self._home.state / "build.json"
        return hashlib.sha256(build.read_bytes()).hexdigest() if build.exists() else ""

    def _site(self) -> str:
        return f"{self._build()} {shell_digest()}"

    def _write(self, changes: dict[str, str]) -> None:
        write_kept(self._path, self.read() | changes)


def is_published(home: Home, as_of: datetime | None = None, *, site: bool = True) -> bool:
    """Tell whether what the home holds is what its published file (with `site` also its pages) was made of."""
    state = PublicationState(home)
    return BuildState(home).is_current(as_of) and state.is_file_current() and (not site or state.is_site_current())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
