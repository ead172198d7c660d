"""The bytes of a landed file, decompressed piece by piece. A torn archive gives all it holds, then a FileProblem."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal

import zstandard

from orchestration.readers.findings import FileProblem
from orchestration.readers.unpacking import Unpacking

PIECE_BYTES = 1 << 20
BITE_BYTES = 1 << 10
"""So much zstd is unpacked at a time: four bytes of it can stand for 128 KB."""
Packing = Literal["gzip", "zstd", "bzip2", "xz"]
PackingOf = Callable[[Path], Packing | None]
"""Tells how a file is packed, None if it is not."""

_BY_ENDING: dict[str, Packing] = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}
_BY_MARK: dict[bytes, Packing] = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
COMPRESSED_ENDINGS = tuple(_BY_ENDING)


def plain_name(name: str) -> str:
    """Return the file name without its folder and its compression ending."""
    base = name.rsplit("/", 1)[-1]
    return next((base[: -len(ending)] for ending in COMPRESSED_ENDINGS if base.lower().endswith(ending)), base)


def packing_by_name(path: Path) -> Packing | None:
    """Return how a file is packed by the ending of its name."""
    return _BY_ENDING.get(path.suffix.lower())


def packing_by_content(path: Path) -> Packing | None:
    """Return how a file is packed by its first bytes, whatever its name is."""
    with path.open("rb") as file:
        beginning = file.read(8)
    return next((packing for mark, packing in _BY_MARK.items() if beginning.startswith(mark)), None)


def pieces(path: Path, packing_of: PackingOf = packing_by_name) -> Iterator[bytes]:
    """Yield the decompressed bytes of a file in pieces of about 1 MB. Raises FileProblem."""
    packing = packing_of(path)
    with path.open("rb") as file:
        if packing is not None:
            unpacking = Unpacking(path)
            for piece in _zstandard_pieces(file) if packing == "zstd" else _stream_pieces(file, packing):
                unpacking.add(len(piece))
                yield piece
        else:
            while piece := file.read(PIECE_BYTES):
                yield piece


def _opened(file: IO[bytes], packing: Packing) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    match packing:
        case "bzip2":
            return bz2.BZ2File(file)
        case "xz":
            return lzma.LZMAFile(file)
        case _:
            return gzip.GzipFile(fileobj=file)


def _stream_pieces(file: IO[bytes], packing: Packing) -> Iterator[bytes]:
    with _opened(file, packing) as unpacked:
        while True:
            try:
                # read1, since a buffered read would throw away what it had when the archive breaks off.
                piece = unpacked.read1(PIECE_BYTES)
            except EOFError as error:
                raise _torn(packing) from error
            except (zlib.error, lzma.LZMAError) as error:
                raise _damaged(packing) from error
            except OSError as error:
                # Those of the disk have a number, what gzip and bzip2 say of their data has none.
                if error.errno is not None:
                    raise
                raise _damaged(packing) from error
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
    return FileProblem("truncated_archive", details={"packing": kind})


def _damaged(kind: str) -> FileProblem:
    return FileProblem("damaged_archive", details={"packing": kind})


_OTHER_KINDS = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "PDF",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh91AY&SY": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"SQLite format 3": "SQLite",
}
"""First bytes -> kind, as words.json names it."""
WEB_PAGE_MARKS = (b"<html", b"<table", b"<!doctype", b"<?xml", b"<head", b"<meta")
_SHEET_PARTS = (b"xl/", b"[Content_Types].xml")


def refuse_other_kinds(beginning: bytes) -> None:
    """Refuse what its first bytes say is no text, by its own name. Raises FileProblem."""
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if beginning.startswith(mark)), None)
    if beginning[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(WEB_PAGE_MARKS):
        kind = "HTML"
    if kind is None:
        return
    if kind == "zip" and any(part in beginning for part in _SHEET_PARTS):
        kind = "xlsx"
    if kind in ("xls", "xlsx"):
        raise FileProblem("not_text", "workbook", details={"kind": kind})
    raise FileProblem("not_text", details={"kind": kind})
