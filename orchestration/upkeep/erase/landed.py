"""The landed files that name a customer: lines of text are written anew without the id, other kinds of file go."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import zstandard

from orchestration.home.durable import put_file, remove
from orchestration.home.names import shown_name
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.landing.seen import Stamp
from orchestration.readers.bytes import Packing, packing_by_content, pieces
from orchestration.readers.findings import FileProblem
from orchestration.upkeep.erase.persons import Words
from orchestration.upkeep.manifest import digest_of

BLOCK_BYTES = 1 << 24
OVERLAP_BYTES = 1 << 12
ZIP, PARQUET = b"PK\x03\x04", b"PAR1"


@dataclass
class Landed:
    """What became of the landed files: source and hash before -> hash and stamp after; and those that were removed."""

    rewritten: dict[tuple[str, str], str] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)


def erase_from_landing(home: Home, words: Words, gave_rows: set[str]) -> Landed:
    """Take the ids out of every file of landing/; in those of `gave_rows` they are, however hard they are to find.

    A file that is removed keeps its rows, as any does that lies in landing/ no more.
    """
    landed = Landed()
    for path in sorted(_files(home.landing)):
        place = shown_name(path.relative_to(home.landing).as_posix())
        say(f"looking into landing: {place}")
        if is_text(path) and place not in gave_rows:
            _rewrite(path, place, words, landed)
        elif place in gave_rows or holds(path, words):
            remove(path)
            landed.removed.append(place)
    return landed


def is_text(path: Path) -> bool:
    """Tell whether a file is lines of text, packed or not, and no archive or table with columns of its own."""
    try:
        return next(pieces(path, packing_by_content), b"")[:4] not in {ZIP, PARQUET}
    except FileProblem:
        return False


def holds(path: Path, words: Words) -> bool:
    """Tell whether a file of any kind has one of the ids in what it says."""
    with path.open("rb") as file:
        beginning = file.read(4)
    try:
        if beginning == ZIP:
            return any(words.are_in(piece) for piece in _members(path))
        if beginning == PARQUET:
            frame = pl.read_parquet(path).select(pl.all().cast(pl.String, strict=False))
            return any(words.is_in(column.drop_nulls().unique()) for column in frame)
        return any(words.are_in(piece) for piece in _with_overlap(pieces(path, packing_by_content)))
    except (FileProblem, zipfile.BadZipFile, pl.exceptions.PolarsError):
        return words.are_in(path.read_bytes())


def _rewrite(path: Path, place: str, words: Words, landed: Landed) -> None:
    try:
        if not any(words.are_in(block) for block in _blocks(path)):
            return
    except FileProblem:  # a torn archive: what it gave stays
        remove(path)
        landed.removed.append(place)
        return
    seen, before = path.stat(), digest_of(path)

    def write(written: Path) -> None:
        with written.open("wb") as file, _packed(file, packing_by_content(path)) as out:
            for block in _blocks(path):
                out.write(words.redacted(block))
        written.chmod(seen.st_mode & 0o777)
        os.utime(written, ns=(seen.st_mtime_ns, seen.st_mtime_ns))

    put_file(path, write, on_disk=True)
    landed.rewritten[place.partition("/")[0], before] = digest_of(path)
    landed.stamps[place] = Stamp.of(path.stat())


def _packed(file: BinaryIO, packing: Packing | None) -> AbstractContextManager[Any]:
    """Return what packs as the file was packed; the same bytes give the same file."""
    match packing:
        case "gzip":
            return gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)
        case "bzip2":
            return bz2.BZ2File(file, "wb")
        case "xz":
            return lzma.LZMAFile(file, "wb")
        case "zstd":
            return zstandard.ZstdCompressor().stream_writer(file, closefd=False)
        case _:
            return nullcontext(file)


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield what a file says in blocks of whole lines: an id has no line end in it."""
    waiting: list[bytes] = []
    for piece in pieces(path, packing_by_content):
        lines, end, rest = piece.rpartition(b"\n")
        if end:
            yield b"".join([*waiting, lines, end])
            waiting = []
        waiting.append(rest)
    yield b"".join(waiting)


def _members(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name.encode()
            with archive.open(name) as member:
                yield from _with_overlap(iter(lambda: member.read(BLOCK_BYTES), b""))


def _with_overlap(parts: Iterator[bytes]) -> Iterator[bytes]:
    tail = b""
    for part in parts:
        yield tail + part
        tail = part[-OVERLAP_BYTES:]


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (path for name in names if (path := Path(place, name)).is_file() and not path.is_symlink())
