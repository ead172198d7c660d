"""Files of a home on their way into a backup: copied whole, or linked to the copy that the backup before has."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.home.names import shown_name
from orchestration.upkeep.manifest import CONTENT, Copied, Manifest, copy_hashed

LOOKS = 3
"""How often a file is read that changes meanwhile, before it is left to the next backup."""


@dataclass
class Copying:
    """The folder of a backup that is being made, with the one before, if any.

    A file whose size and times are those that the backup before wrote down is not read again. Links stand between
    two backups only: a file of the home may be written into, and its copy must not change with it.
    """

    root: Path
    into: Path
    before: Path | None = None
    known: dict[str, Copied] = field(default_factory=dict)
    files: dict[str, Copied] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    bytes_copied: int = 0

    @classmethod
    def beside(cls, root: Path, into: Path, before: Path | None) -> Copying:
        """Begin a copy of the home `root`, with what the backup `before` has already."""
        return cls(root, into, before, Manifest.read(before).files if before else {})

    def copy(self, name: str) -> bool:
        """Have a file of the home in the backup as it is now; False if it is not there.

        One that goes on changing while it is read is left out, and told.
        """
        self.files.pop(name, None)
        for _ in range(LOOKS):
            try:
                seen = (self.root / name).stat()
                if not stat.S_ISREG(seen.st_mode):
                    self.left_out.append(f"{shown_name(name)}: is no file.")
                    return True
                copied = self._linked(name, seen) or self._copied(name, seen)
            except FileNotFoundError:
                (self.into / CONTENT / name).unlink(missing_ok=True)
                return False
            if _times((self.root / name).stat()) == _times(seen):
                self.files[name] = copied
                return True
        (self.into / CONTENT / name).unlink(missing_ok=True)
        self.left_out.append(f"{shown_name(name)}: was being written. The next backup has it.")
        return True

    def forget(self, below: str) -> None:
        """Take out again what was copied of a folder of the home."""
        for name in [name for name in self.files if name.startswith(f"{below}/")]:
            del self.files[name]
            (self.into / CONTENT / name).unlink(missing_ok=True)

    def put(self, name: str, content: bytes, mode: int) -> None:
        """Have these bytes in the backup as a file of the home."""
        path = self.into / CONTENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)
        digest = hashlib.sha256(content).hexdigest()
        self.files[name] = Copied(len(content), digest, path.stat().st_mtime_ns, 0, mode)

    def _linked(self, name: str, seen: os.stat_result) -> Copied | None:
        known, path = self.known.get(name), self.into / CONTENT / name
        if (
            self.before is None
            or known is None
            or (known.byte_count, known.modified_ns, known.changed_ns) != _times(seen)
        ):
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        try:
            os.link(self.before / CONTENT / name, path)
        except OSError:  # a file system without links, or a backup of which somebody removed a file
            return None
        return known

    def _copied(self, name: str, seen: os.stat_result) -> Copied:
        path = self.into / CONTENT / name
        path.unlink(missing_ok=True)
        digest = copy_hashed(self.root / name, path)
        path.chmod(mode := stat.S_IMODE(seen.st_mode) | stat.S_IRUSR)
        os.utime(path, ns=(seen.st_mtime_ns, seen.st_mtime_ns))
        self.bytes_copied += seen.st_size
        return Copied(path.stat().st_size, digest, seen.st_mtime_ns, seen.st_ctime_ns, mode)


def _times(seen: os.stat_result) -> tuple[int, int, int]:
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
