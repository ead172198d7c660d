"""When and from which build the file and the pages of a home were last published."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from orchestration.settings import Home
from orchestration.shell import shell_digest


class PublicationState:
    """The record of the last publication, a small JSON file in state/."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.state / "publication.json"

    def remember_file(self) -> None:
        """Say that the published file holds the build that is recorded now."""
        self._write({"file_of": self._build(), "file_at": _now()})

    def remember_site(self) -> None:
        """Say that the pages show the build that is recorded now."""
        self._write({"site_of": self._site(), "site_at": _now()})

    def is_file_current(self) -> bool:
        """Tell whether the published file holds the last complete build."""
        return self._home.published_file.exists() and self.read().get("file_of") == self._build()

    def is_site_current(self) -> bool:
        """Tell whether the pages show the last complete build in the shell of this version."""
        manifest = self._home.site / "data" / "manifest.json"
        return manifest.exists() and self.read().get("site_of") == self._site()

    def read(self) -> dict[str, str]:
        """Return the record: file_at and site_at as ISO instants, absent if never published."""
        if not self._path.exists():
            return {}
        content: dict[str, str] = json.loads(self._path.read_text())
        return content

    def _build(self) -> str:
        build = self._home.state / "build.json"
        return hashlib.sha256(build.read_bytes()).hexdigest() if build.exists() else ""

    def _site(self) -> str:
        return f"{self._build()} {shell_digest()}"

    def _write(self, changes: dict[str, str]) -> None:
        part = self._path.with_suffix(".tmp")
        part.write_text(json.dumps(self.read() | changes, indent=1))
        part.replace(self._path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
