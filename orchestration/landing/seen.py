"""What a landed file was when it was looked at: so that bytes that count are those whose hash and size are told."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestration.readers.archived import BROKEN, ArchivedPath
from orchestration.readers.findings import FileProblem

PIECE_BYTES = 1 << 20


class FileChangedError(Exception):
    """The file is being written, or went away, while it is read: nothing of it counts until it is at rest."""


@dataclass(frozen=True)
class Stamp:
    """Size and times of a file, as its open handle says them."""

    byte_count: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Stamp:
        """Return the stamp of a file's status."""
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@dataclass(frozen=True)
class Seen:
    """A file's bytes: their SHA-256, the stamp before and after reading them, and a checksum that is quick to take.

    `error` is why they could not be read; there is no hash then.
    """

    file_hash: str
    stamp: Stamp
    checksum: int = 0
    error: Exception | None = None


def look(path: Path) -> Seen:
    """Read a file from end to end. Raises FileChangedError if it changes meanwhile or is gone."""
    digest = hashlib.sha256()
    try:
        stamp, checksum = _read(path, digest.update)
    except BROKEN:
        return Seen("", _stamp(path), error=FileProblem("damaged_archive", details={"packing": "zip"}))
    except OSError as error:
        return Seen("", _stamp(path), error=error)
    return Seen(digest.hexdigest(), stamp, checksum)


def assert_unchanged(path: Path, seen: Seen) -> None:
    """Look once more after the readers. Raises FileChangedError unless the bytes are those that were seen before.

    Readers open the file by themselves and some read it out of order. The stamp tells a change on any local disk; the
    checksum also where a network hands out old times.
    """
    if _stamp(path) != seen.stamp:
        raise FileChangedError
    if seen.error is None and _read(path, _nothing) != (seen.stamp, seen.checksum):
        raise FileChangedError


def _read(path: Path, of_piece: Callable[[bytes], None]) -> tuple[Stamp, int]:
    checksum = 0
    try:
        with path.open("rb") as file:
            is_archived = isinstance(path, ArchivedPath)
            before = _stamp(path) if is_archived else Stamp.of(os.fstat(file.fileno()))
            while piece := file.read(PIECE_BYTES):
                of_piece(piece)
                checksum = zlib.crc32(piece, checksum)
            is_whole = is_archived or file.tell() == before.byte_count
            after = _stamp(path) if is_archived else Stamp.of(os.fstat(file.fileno()))
    except FileNotFoundError as error:
        raise FileChangedError from error
    if not is_whole or before != after or _stamp(path) != before:
        raise FileChangedError
    return before, checksum


def _stamp(path: Path) -> Stamp:
    try:
        return Stamp.of(path.stat())
    except FileNotFoundError as error:
        raise FileChangedError from error


def _nothing(_: bytes) -> None:
    """Leave a piece as it is."""
