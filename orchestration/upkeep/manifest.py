"""What a backup holds: each file with size, digest and times, under a digest of its own.

A folder is a backup when it has a manifest that is as it was written; the manifest is written last.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from orchestration.home.durable import put_text
from orchestration.home.errors import ScorehouseError
from orchestration.home.names import shown_name, true_name

MANIFEST = "manifest.json"
CONTENT = "home"
"""The folder of a backup that has the files, each under its path in the home."""
PIECE_BYTES = 1 << 20
FORM = 1


class BackupError(ScorehouseError, RuntimeError):
    """A backup can't be made, or what there is can't be relied on; the message says which file and the remedy."""


@dataclass(frozen=True)
class Copied:
    """A file of a backup: what it is now, and the size and times that its original had when it was read."""

    byte_count: int
    digest: str
    modified_ns: int
    changed_ns: int
    mode: int


@dataclass(frozen=True)
class Manifest:
    """All files of a backup by their paths in the home, and what was not copied, in words."""

    made_at: datetime
    files: dict[str, Copied] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def byte_count(self) -> int:
        """Return the size of all files together."""
        return sum(copied.byte_count for copied in self.files.values())

    def write(self, folder: Path) -> None:
        """Write it into the folder of the backup, which makes one of it."""
        files = {shown_name(name): asdict(copied) for name, copied in sorted(self.files.items())}
        said = {"form": FORM, "made_at": self.made_at.isoformat(), "left_out": self.left_out, "files": files}
        text = json.dumps(said, ensure_ascii=False, indent=0)
        put_text(folder / MANIFEST, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it back. Raises BackupError where there is none, or where it is not as it was written."""
        try:
            digest, _, text = (folder / MANIFEST).read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            raise BackupError(f"{folder}: is no whole backup, it has no {MANIFEST}. {TAKE_ANOTHER}") from None
        if hashlib.sha256(text.removesuffix("\n").encode()).hexdigest() != digest:
            raise BackupError(f"{folder / MANIFEST}: is not as it was written. {TAKE_ANOTHER}")
        said = json.loads(text)
        if said["form"] != FORM:
            raise BackupError(
                f"{folder}: a later version of Scorehouse wrote it. Remedy: restore it with that version."
            )
        files = {true_name(name): Copied(**copied) for name, copied in said["files"].items()}
        return cls(datetime.fromisoformat(said["made_at"]), files, tuple(said["left_out"]))


TAKE_ANOTHER = "Remedy: take another backup of that folder (--backup NAME)."


def backups_in(folder: Path) -> list[str]:
    """Return the names of the whole backups of a folder, the oldest first."""
    return sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}") if not path.parent.name.startswith("."))


def copy_hashed(source: Path, target: Path) -> str:
    """Copy a file's bytes and return their SHA-256; whoever may not read the original gets no reader's copy either."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(PIECE_BYTES):
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
