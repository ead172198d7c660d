"""Files in a zip archive of the landing folder: each is a landed file of its own, whose path leads into the archive.

Nothing is unpacked to a disk, and no name in an archive becomes the name of a file: it is only looked up there.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path, PosixPath
from typing import IO, Any

from orchestration.readers.findings import FileProblem
from orchestration.readers.unpacking import Unpacking

ENDING = ".zip"
MOST_MEMBERS = 1_000
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""What reading a damaged archive raises, or one that is packed in a way that Python does not have."""
_OF_SYSTEMS = ("__MACOSX/",)


class ArchivedPath(PosixPath):
    """The path of a file within an archive; its times and size are those of the archive."""

    archive: Path
    member: str

    @classmethod
    def of(cls, archive: Path, member: str) -> ArchivedPath:
        """Return the path of a member."""
        path = cls(archive, member)
        path.archive, path.member = archive, member
        return path

    def open(self, *_: Any, **__: Any) -> IO[bytes]:  # type: ignore[override]
        """Return the member's bytes. Raises OSError, or one of BROKEN, which reading may raise too."""
        with zipfile.ZipFile(self.archive) as archive:
            # The archive's file stays open until its last reader is closed.
            return archive.open(self.member)

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """Return the status of the archive."""
        return self.archive.stat(follow_symlinks=follow_symlinks)

    def is_file(self, *_: Any, **__: Any) -> bool:
        """Tell whether the archive is there and has the member."""
        try:
            return self.archive.is_file() and self.member in members_of(self.archive)
        except (FileProblem, OSError):
            return False

    @property
    def landed_name(self) -> str:
        """Return its name among the landed files: the archive's, a slash, its own."""
        return f"{self.archive.name}/{self.member}"


def is_archive(path: Path) -> bool:
    """Tell whether a landed file is an archive of others, by its name."""
    return path.name.lower().endswith(ENDING) and not isinstance(path, ArchivedPath)


def landed_at(path: Path) -> Path:
    """Return a path of the landing folder as one into an archive, if it leads through one."""
    if isinstance(path, ArchivedPath) or path.parent.is_dir():
        return path
    archive = next((parent for parent in path.parents if parent.is_file()), None)
    return path if archive is None else ArchivedPath.of(archive, path.relative_to(archive).as_posix())


def members_of(archive: Path) -> list[str]:
    """Return the names of the files in an archive, hidden ones apart. Raises FileProblem, or OSError."""
    try:
        with zipfile.ZipFile(archive) as opened:
            found = [info for info in opened.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    except BROKEN as error:
        raise FileProblem("damaged_archive", details={"packing": "zip"}) from error
    if not found:
        raise FileProblem("empty_archive")
    if len(found) > MOST_MEMBERS:
        raise FileProblem("archive_refused", "many", details={"files": len(found), "most": MOST_MEMBERS})
    if any(info.flag_bits & 1 for info in found):
        raise FileProblem("archive_refused", "protected")
    names = [info.filename for info in found]
    if len(set(names)) < len(names) or any(Path("/", name).as_posix() != f"/{name}" or ".." in name for name in names):
        raise FileProblem("archive_refused", "names")
    Unpacking(archive).add(sum(info.file_size for info in found))
    return names


def files_at(path: Path) -> list[Path]:
    """Return what lands at a path: the files of an archive; itself if it is none, or one that has to be refused."""
    try:
        return [ArchivedPath.of(path, name) for name in members_of(path)] if is_archive(path) else [path]
    except (FileProblem, OSError):
        return [path]


def _is_hidden(name: str) -> bool:
    return name.startswith(_OF_SYSTEMS) or name.rsplit("/", 1)[-1].startswith(".")
