"""The bytes of a landed file, decompressed piece by piece. A torn archive gives all it holds, then a FileProblem."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import zstandard

from orchestration.readers.findings import FileProblem
from orchestration.readers.unpacking import Unpacking

PIECE_BYTES = 1 << 20
BITE_BYTES = 1 << 10
"""So much zstd is unpacked at a time: four bytes of it can stand for 128 KB."""
COMPRESSED_ENDINGS = (".gz", ".zst")


def plain_name(name: str) -> str:
    """Return the file name without its folder and its compression ending."""
    base = name.rsplit("/", 1)[-1]
    return next((base[: -len(ending)] for ending in COMPRESSED_ENDINGS if base.lower().endswith(ending)), base)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield the decompressed bytes of a file in pieces of about 1 MB. Raises FileProblem."""
    ending = path.suffix.lower()
    with path.open("rb") as file:
        if ending in COMPRESSED_ENDINGS:
            unpacking = Unpacking(path)
            for piece in _gzip_pieces(file) if ending == ".gz" else _zstandard_pieces(file):
                unpacking.add(len(piece))
                yield piece
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
                raise _damaged("gzip") from error
            if not piece:
                return
            yield piece


def _zstandard_pieces(file: IO[bytes]) -> Iterator[bytes]:
    # The stream reader takes a torn archive for a finished one; only the object that decodes a frame knows.
    frame: zstandard.ZstdDecompressionObj | None = None
    waiting, size = list[bytes](), 0
    for bite in _bites(file):
        while bite:
            frame = frame or zstandard.ZstdDecompressor().decompressobj()
            try:
                waiting.append(frame.decompress(bite))
            except zstandard.ZstdError as error:
                yield b"".join(waiting)
                raise _damaged("zstd") from error
            size += len(waiting[-1])
            bite = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
        if size >= PIECE_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
    if frame is not None:
        raise _torn("zstd")


def _bites(file: IO[bytes]) -> Iterator[bytes]:
    while packed := file.read(PIECE_BYTES):
        for start in range(0, len(packed), BITE_BYTES):
            yield packed[start : start + BITE_BYTES]


def _torn(kind: str) -> FileProblem:
    return FileProblem(
        "truncated_archive",
        f"The {kind} archive breaks off before its end; what came before was read.",
        "Copy the file again, complete, under the same name; it then replaces what was read.",
    )


def _damaged(kind: str) -> FileProblem:
    return FileProblem(
        "damaged_archive",
        f"The {kind} archive is damaged, or is none; what came before was read.",
        "Check the file's ending and copy it again; it then replaces what was read.",
    )


_OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (xls) or another Office file",
    b"%PDF": "a PDF document",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"SQLite format 3": "an SQLite database",
}
_SHEET_PARTS = (b"xl/", b"[Content_Types].xml")


def refuse_other_kinds(beginning: bytes) -> None:
    """Refuse what its first bytes say is no text, by its own name. Raises FileProblem."""
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if beginning.startswith(mark)), None)
    if kind is None:
        return
    if kind == "a zip archive" and any(part in beginning for part in _SHEET_PARTS):
        kind = "an Excel workbook (xlsx)"
    raise FileProblem(
        "not_text",
        f"The file is {kind}, whatever its name says, and no text.",
        "Unpack it, or save it as CSV (in Excel: CSV UTF-8), and drop that; .gz and .zst are unpacked by their ending.",
    )
