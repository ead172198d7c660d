"""A queue_log file as numbered lines: decompressed in blocks, decoded strictly, never held as a whole."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl
import zstandard

from orchestration.readers.findings import FileProblem
from orchestration.readers.unpacking import Unpacking

BLOCK_BYTES = 16 * 1024 * 1024
BLOCK_LINES = 500_000
PIECE_BYTES = 64 * 1024
MAX_LINE_BYTES = 64 * 1024
"""Asterisk writes lines of some hundred bytes; anything longer is damage."""

_BOM = b"\xef\xbb\xbf"
_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError)


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, decompressing what its first bytes say (gzip, zstd, bzip2, xz).

    The name is not asked: rotated logs are called queue_log.2.gz as well as queue_log-20260105.
    """
    with path.open("rb") as plain:
        magic = plain.read(6)
    if magic.startswith(b"\x1f\x8b"):
        return io.BufferedReader(gzip.open(path))
    if magic.startswith(b"\x28\xb5\x2f\xfd"):
        # Log rotation appends whole frames, so a file may hold several.
        return zstandard.ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True, closefd=True)
    if magic.startswith(b"BZh"):
        return io.BufferedReader(bz2.open(path))
    if magic.startswith(b"\xfd7zXZ\x00"):
        return io.BufferedReader(lzma.open(path))
    return path.open("rb")


def line_blocks(path: Path) -> Iterator[pl.DataFrame]:
    """Yield the lines that are not blank, in frames of some 10,000s.

    Columns: line_number (1-based, blank lines counted), record_number (1-based, blank lines not counted), line
    (without its line end), fault (null, or why the line can't be read: encoding, control_character,
    line_too_long, unterminated_line).

    Raises FileProblem, after the lines before it, where the compression breaks off.
    """
    lines_before = records_before = 0
    for block, is_unterminated in _blocks(path):
        text = block.removeprefix(_BOM) if lines_before == 0 else block
        frame = _frame(text, is_unterminated).with_row_index("line_number", offset=lines_before + 1)
        lines_before += frame.height
        kept = frame.filter(pl.col("line") != "").with_row_index("record_number", offset=records_before + 1)
        records_before += kept.height
        if kept.height:
            yield kept.with_columns(pl.col("line_number", "record_number").cast(pl.Int64))


def _blocks(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield whole lines of about BLOCK_BYTES; the flag marks a rest without line end."""
    rest = b""
    damage: FileProblem | None = None
    unpacking = Unpacking(path)
    with open_bytes(path) as stream:
        while damage is None:
            data, damage = _read_block(stream, unpacking)
            if not data:
                break
            head, newline, tail = data.rpartition(b"\n")
            if newline:
                yield rest + head + newline, False
                rest = tail
            else:
                # A line far past the limit is cut, not gathered: memory stays bounded and its fault stays visible.
                rest = (rest + tail)[: 4 * MAX_LINE_BYTES]
    if rest:
        yield rest, True
    if damage is not None:
        raise damage


def _read_block(stream: BinaryIO, unpacking: Unpacking) -> tuple[bytes, FileProblem | None]:
    # Piece by piece: one large read of a damaged stream would lose what came out before the damage.
    pieces: list[bytes] = []
    size = lines = 0
    try:
        while size < BLOCK_BYTES and lines < BLOCK_LINES:
            piece = stream.read(PIECE_BYTES) if not isinstance(stream, io.BufferedReader) else stream.read1(PIECE_BYTES)
            if not piece:
                break
            unpacking.add(len(piece))
            pieces.append(piece)
            size, lines = size + len(piece), lines + piece.count(b"\n")
    except FileProblem as found:
        return b"".join(pieces), found
    except _DAMAGED:
        problem = FileProblem(
            "damaged_compression",
            "The compressed data break off or are damaged.",
            "Copy the file again; the lines before the damage are taken.",
        )
        return b"".join(pieces), problem
    return b"".join(pieces), None


def _frame(block: bytes, is_unterminated: bool) -> pl.DataFrame:
    # Undecodable bytes become U+FFFD, which no sound log holds: such a line is told apart without a loop over lines.
    text = block.decode("utf-8", errors="replace").removesuffix("\n")
    frame = pl.select(pl.lit(text, dtype=pl.String).str.split("\n").explode().str.strip_suffix("\r").alias("line"))
    is_last = pl.int_range(pl.len()) == pl.len() - 1
    fault = (
        pl.when(pl.col("line").str.len_bytes() > MAX_LINE_BYTES)
        .then(pl.lit("line_too_long"))
        .when(is_last & pl.lit(is_unterminated))
        .then(pl.lit("unterminated_line"))
        .when(pl.col("line").str.contains("\ufffd", literal=True))
        .then(pl.lit("encoding"))
        .when(pl.col("line").str.contains(r"[\x00-\x08\x0a-\x1f\x7f]"))
        .then(pl.lit("control_character"))
    )
    return frame.with_columns(fault.alias("fault"))
