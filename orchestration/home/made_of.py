"""What each step of a home was made from: the one answer to whether it has to be made again.

A step is current while what it is made from is what it was, and what it left stands as it was left. Who makes a step
hands in what it depends on, so that this room knows of none: data, settings, folders of code and SQL, the step before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.paths import Home

Inputs = Mapping[str, str | None]
"""Name of what a step depends on -> a digest of it, or the thing itself where it is short."""


class Step:
    """The record of one step, a small JSON file; one that can't be read is none, and the step is made again."""

    def __init__(self, record: Path) -> None:
        self.record = record

    @classmethod
    def of(cls, home: Home, name: str) -> Step:
        """Return a step of a home by its name."""
        return cls(home.state / "made_of" / f"{name}.json")

    def remember(self, inputs: Inputs, left: object = None) -> None:
        """Say that the step is done, from what, and what it left (anything that JSON can hold)."""
        content = {"made_of": dict(inputs), "left": left, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        write_kept(self.record, content)

    def forget(self) -> None:
        """Say that nothing is known of what the step left."""
        self.record.unlink(missing_ok=True)

    def is_as_left(self, left: object) -> bool:
        """Tell whether what the step left is there, as it left it."""
        return left is not None and self._kept().get("left") == left

    def changed(self, inputs: Inputs) -> list[str]:
        """Return the names of what the step would be made from now and was not; all of them if it was never made."""
        before = self.made_of
        return sorted(name for name in inputs.keys() | before.keys() if before.get(name, "") != inputs.get(name, ""))

    def is_current(self, inputs: Inputs, left: object) -> bool:
        """Tell whether making the step again would come to the same."""
        return self.is_as_left(left) and not self.changed(inputs)

    @property
    def made_of(self) -> Inputs:
        """What the step was made from; nothing if that is not known."""
        return self._kept().get("made_of") or {}

    @property
    def at(self) -> str | None:
        """When the step was made last, as an ISO instant; None if that is not known."""
        return self._kept().get("at")

    @property
    def left(self) -> object:
        """What it left, as it was remembered; None if that is not known."""
        return self._kept().get("left")

    @property
    def digest(self) -> str:
        """What it was made from and left, as an input of the step that comes after it."""
        kept = self._kept()
        told = json.dumps([kept.get("made_of"), kept.get("left")], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def _kept(self) -> dict[str, Any]:
        return read_kept(self.record) or {}


def digest_of_files(root: Path, paths: Iterable[Path]) -> str:
    """Return a digest of files below a folder: their names and their bytes."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def digest_of_code(folder: Path) -> str:
    """Return a digest of the Python and SQL of a folder."""
    return digest_of_files(folder, (path for path in folder.rglob("*") if path.suffix in {".py", ".sql"}))
