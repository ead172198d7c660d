"""A landed text file as blocks of whole lines in UTF-8 with LF ends; lines that are no text are marked, not lost.

Readers change what they can't read in silence (they pad, cut, swallow), so bytes are put in order before any of them.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.readers.bad_lines import LONG_MARK, MAX_LINE_BYTES, TORN_MARK, BadLine, in_order
from orchestration.readers.bytes import PackingOf, packing_by_name, pieces, refuse_other_kinds
from orchestration.readers.findings import FileProblem, LandingFile

# About a million messages; larger blocks were no faster, and memory grows with them.
BLOCK_BYTES = 64 << 20
BLOCK_LINES = 1_000_000
"""A block of next to nothing but line ends would take more memory as lines than as bytes."""


@dataclass(frozen=True)
class TextBlock:
    """Whole lines: UTF-8 bytes with LF ends, of which the first is line `first_line` (1-based) of the file."""

    data: bytes
    first_line: int
    is_last: bool
    bad_lines: dict[int, BadLine]


@dataclass
class _Lines:
    """Bytes that wait for the end of their line."""

    carry: bytes = b""
    held_back: bytes = b""  # a CR whose LF may come with the next piece
    is_skipping: bool = False  # within a line that is too long already

    def add(self, piece: bytes) -> None:
        """Take in a piece with whatever line ends it has."""
        piece = self.held_back + piece
        self.held_back = b"\r" if piece.endswith(b"\r") else b""
        if self.held_back:
            piece = piece[:-1]
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if self.is_skipping:
            end = piece.find(b"\n")
            if end < 0:
                return
            self.is_skipping = False
            piece = LONG_MARK + piece[end:]
        self.carry += piece
        if len(self.carry) > MAX_LINE_BYTES and b"\n" not in self.carry:
            self.carry, self.is_skipping = b"", True

    def take(self) -> bytes:
        """Hand out the whole lines."""
        end = self.carry.rfind(b"\n") + 1
        lines, self.carry = self.carry[:end], self.carry[end:]
        return lines

    @property
    def is_open(self) -> bool:
        """Tell whether something waits for the end of its line."""
        return bool(self.carry) or self.is_skipping

    def finish(self) -> bytes:
        """Hand out what is left, with a line end."""
        left = LONG_MARK if self.is_skipping else self.carry
        self.carry, self.is_skipping = b"", False
        return left + b"\n" if left or self.held_back else b""


def text_blocks(
    file: LandingFile, encoding: str, packing_of: PackingOf = packing_by_name, *, ends_every_line: bool = False
) -> Iterator[TextBlock]:
    """Yield the file's lines in blocks. Raises FileProblem, after all that could be read, if the file is torn.

    `ends_every_line`: whoever writes the file ends each line, so that a last one without its end is half written.
    """
    lines, waiting, waiting_bytes, waiting_lines, next_line = _Lines(), list[bytes](), 0, 0, 1
    problem: FileProblem | None = None
    source = _transcoded_pieces(file, encoding, packing_of)
    while True:
        try:
            piece = next(source)
        except StopIteration:
            break
        except FileProblem as found:
            problem = found
            break
        lines.add(piece)
        waiting.append(lines.take())
        waiting_bytes += len(waiting[-1])
        waiting_lines += waiting[-1].count(b"\n")
        if waiting_bytes >= BLOCK_BYTES or waiting_lines >= BLOCK_LINES:
            block = _checked_block(b"".join(waiting), next_line, encoding, is_last=False)
            waiting, waiting_bytes, waiting_lines = [], 0, 0
            next_line += block.data.count(b"\n")
            yield block
    is_torn = problem is not None or (ends_every_line and lines.is_open)
    waiting.append(_torn_line(lines) if is_torn else lines.finish())
    block = _checked_block(b"".join(waiting), next_line, encoding, is_last=True)
    if block.data.strip() or problem is None:
        yield block
    if problem is not None:
        problem.line_number = next_line + block.data.count(b"\n")
        raise problem


def _torn_line(lines: _Lines) -> bytes:
    # The line on which a file breaks off is a record that can't be trusted, even if it looks whole.
    return TORN_MARK + b"\n" if lines.finish() else b""


def _transcoded_pieces(file: LandingFile, encoding: str, packing_of: PackingOf) -> Iterator[bytes]:
    """Yield pieces without a byte order mark; UTF-16 and UTF-32, whose line ends are no single bytes, become UTF-8."""
    wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding)("strict") if wide else None
    is_first = True
    for piece in pieces(file.path, packing_of):
        if is_first:
            refuse_other_kinds(piece)
        if decoder is None:
            yield _without_mark(piece) if is_first else piece
        else:
            text = _decoded(decoder, piece, encoding)
            yield (text.removeprefix("\ufeff") if is_first else text).encode()
        is_first = False
    if decoder is not None:
        # Half a character at the end is lost bytes, even where every line before it is whole.
        _decoded(decoder, b"", encoding, final=True)


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, encoding: str, *, final: bool = False) -> str:
    try:
        return decoder.decode(piece, final)
    except UnicodeDecodeError as error:
        if final:
            raise FileProblem("encoding", "end", details={"broken_in": encoding}) from error
        told, known = {"encoding": encoding}, {"reason": error.reason}
        raise FileProblem("encoding", "file", details=told, known=known) from error


def _without_mark(piece: bytes) -> bytes:
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileProblem("encoding", "mark", line_number=1, details={"mark": "utf-16"})
    return piece.removeprefix(codecs.BOM_UTF8)


def _checked_block(data: bytes, first_line: int, encoding: str, *, is_last: bool) -> TextBlock:
    data, bad_lines = in_order(data, first_line, encoding)
    return TextBlock(data, first_line, is_last, bad_lines)
