"""What the last complete build of a home was made from; absent while a build is going on or after it failed.

A publication asks for it, so that a warehouse left mixed by a killed build is never published; a run asks
for it to see that there is nothing new.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from orchestration.home.kept_json import read_kept, stamp, write_kept
from orchestration.home.paths import Home
from orchestration.warehouse.dbt_project import sources_digest


class BuildState:
    """The record of the last complete build, a small JSON file in state/."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.state / "build.json"

    def forget(self) -> None:
        """Say that the warehouse is in an unknown state, and drop both its files.

        dbt makes every table anew. In a file that is there already the earlier ones would leave holes, and a damaged
        one would stop every build to come.
        """
        self._path.unlink(missing_ok=True)
        for file in (self._home.warehouse_file, self._home.built_file):
            for path in (file, file.with_name(f"{file.name}.wal")):
                path.unlink(missing_ok=True)

    def remember(self, as_of: datetime | None) -> None:
        """Say that the warehouse is complete, made from what the home holds now."""
        write_kept(self._path, {"made_from": self._inputs(as_of), "file": stamp(self._home.built_file)})

    def is_complete(self) -> bool:
        """Tell whether the file stands as it came out of a build in which every model and test passed."""
        return self._made_from() is not None

    def is_current(self, as_of: datetime | None) -> bool:
        """Tell whether another build would be made from the same ledger, settings, models and as_of."""
        made_from = self._made_from()
        return made_from is not None and made_from == self._inputs(as_of)

    def _made_from(self) -> dict[str, str | None] | None:
        """Return what the file is made from, None unless it stands as the record says."""
        kept = read_kept(self._path) or {}
        is_as_built = kept.get("file") == stamp(self._home.built_file) is not None
        return kept.get("made_from") if is_as_built else None

    def _inputs(self, as_of: datetime | None) -> dict[str, str | None]:
        return {
            "ledger": _digest_of_files(self._home.ledger, "*/*/*.json"),
            "centre": hashlib.sha256(self._home.centre_file.read_bytes()).hexdigest(),
            "models": sources_digest(),
            "as_of": as_of.isoformat() if as_of else None,
        }


def _digest_of_files(folder: Path, pattern: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
