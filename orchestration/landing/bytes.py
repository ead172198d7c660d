"""The bytes of a landed file, decompressed piece by piece. A torn archive gives all it holds, then a FileProblem."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import zstandard

from orchestration.sources.base import FileProblem

PIECE_BYTES = 1 << 20
COMPRESSED_ENDINGS = (".gz", ".zst")


def plain_name(name: str) -> str:
    """Return the file name without its folder and its compression ending."""
    base = name.rsplit("/", 1)[-1]
    return next((base[: -len(ending)] for ending in COMPRESSED_ENDINGS if base.lower().endswith(ending)), base)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield the decompressed bytes of a file in pieces of about 1 MB. Raises FileProblem."""
    ending = path.suffix.lower()
    with path.open("rb") as file:
        if ending == ".gz":
            yield from _gzip_pieces(file)
        elif ending == ".zst":
            yield from _zstandard_pieces(file)
        else:
            while piece := file.read(PIECE_BYTES):
                yield piece


def _gzip_pieces(file: IO[bytes]) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=file) as unpacked:
        while True:
            try:
                # read1, since a buffered read would throw away what it had when the archive breaks off.
                piece = unpacked.read1(PIECE_BYTES)
            except EOFError as error:
                raise _torn("gzip") from error
            except (gzip.BadGzipFile, zlib.error) as error:
                raise _damaged("gzip", str(error)) from error
            if not piece:
                return
            yield piece


def _zstandard_pieces(file: IO[bytes]) -> Iterator[bytes]:
    # The stream reader takes a torn archive for a finished one; only the object that decodes a frame knows.
    packed = file.read(PIECE_BYTES)
    while packed:
        frame = zstandard.ZstdDecompressor().decompressobj()
        while not frame.eof:
            if not packed:
                raise _torn("zstd")
            try:
                unpacked = frame.decompress(packed)
            except zstandard.ZstdError as error:
                raise _damaged("zstd", str(error)) from error
            if unpacked:
                yield unpacked
            packed = frame.unused_data if frame.eof else file.read(PIECE_BYTES)
        packed = packed or file.read(PIECE_BYTES)


def _torn(kind: str) -> FileProblem:
    return FileProblem(
        "truncated_archive",
        f"The {kind} archive breaks off before its end; what came before was read.",
        "Copy the file again, complete, under the same name; it then replaces what was read.",
    )


def _damaged(kind: str, detail: str) -> FileProblem:
    return FileProblem(
        "damaged_archive",
        f"The {kind} archive is damaged ({detail}); what came before was read.",
        "Check the file's ending and copy it again; it then replaces what was read.",
    )
