"""A landed text file as blocks of whole lines in UTF-8 with LF ends; lines that are no text are marked, not lost.

Readers change what they can't read in silence (they pad, cut, swallow), so bytes are put in order before any of them.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.landing_bytes import pieces
from orchestration.sources.base import FileProblem, LandingFile, Reject, reject_frame

# About a million messages; larger blocks were no faster, and memory grows with them.
BLOCK_BYTES = 64 << 20
MAX_LINE_BYTES = 1_000_000
BAD_LINE = b"\x00"
"""Stands in a block for a line that was taken out, so that line numbers hold."""

Finding = tuple[str, str, str, str]
"""Check, value, message, remedy."""
Span = tuple[int, int, Finding]
"""Start and end of a line in a block, and what is wrong with it."""

NUL_FOUND: Finding = (
    "nul_byte",
    "byte 0x00",
    "The line holds NUL bytes, so it is no text.",
    "Check that the file is a text file and was copied whole, then drop it again.",
)
TOO_LONG: Finding = (
    "line_too_long",
    f"more than {MAX_LINE_BYTES} bytes",
    f"The line is longer than {MAX_LINE_BYTES} bytes.",
    "Check for lost line ends; message text is not needed and can be left out of the export.",
)
TORN: Finding = (
    "truncated_record",
    "the end is missing",
    "The file breaks off within this line.",
    "Copy the file again, complete, under the same name; it then replaces what was read.",
)
LONG_MARK, TORN_MARK = b"\x00long", b"\x00torn"
MARKED = {LONG_MARK: TOO_LONG, TORN_MARK: TORN}
"""Lines cut away while reading, by what stands for them."""


@dataclass(frozen=True)
class BadLine:
    """Why a line is no text."""

    line_number: int
    check: str
    value: str
    message: str
    remedy: str

    def as_reject(self, record_number: int | None) -> Reject:
        """Return the finding as a quarantine entry of that record."""
        return Reject(record_number, self.line_number, None, self.check, self.value, self.message, self.remedy)


@dataclass(frozen=True)
class TextBlock:
    """Whole lines: UTF-8 bytes with LF ends, of which the first is line `first_line` (1-based) of the file."""

    data: bytes
    first_line: int
    is_last: bool
    bad_lines: dict[int, BadLine]


@dataclass(frozen=True)
class TextLines:
    """Lines of a file that knows no quoting: frame of line_number (Int64, 1-based) and text, and lines rejected.

    records_read counts all lines but empty ones; a record's number is its line's number.
    """

    frame: pl.DataFrame
    rejects: pl.DataFrame
    records_read: int


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

    def finish(self) -> bytes:
        """Hand out what is left, with a line end."""
        left = LONG_MARK if self.is_skipping else self.carry
        self.carry, self.is_skipping = b"", False
        return left + b"\n" if left or self.held_back else b""


def text_blocks(file: LandingFile, encoding: str) -> Iterator[TextBlock]:
    """Yield the file's lines in blocks. Raises FileProblem, after all that could be read, if the file is torn."""
    lines, waiting, waiting_bytes, next_line = _Lines(), list[bytes](), 0, 1
    problem: FileProblem | None = None
    source = _transcoded_pieces(file, encoding)
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
        if waiting_bytes >= BLOCK_BYTES:
            block = _checked_block(b"".join(waiting), next_line, encoding, is_last=False)
            waiting, waiting_bytes = [], 0
            next_line += block.data.count(b"\n")
            yield block
    waiting.append(_torn_line(lines) if problem else lines.finish())
    block = _checked_block(b"".join(waiting), next_line, encoding, is_last=True)
    if block.data or problem is None:
        yield block
    if problem is not None:
        problem.line_number = next_line + block.data.count(b"\n")
        raise problem


def _torn_line(lines: _Lines) -> bytes:
    # The line on which a file breaks off is a record that can't be trusted, even if it looks whole.
    return TORN_MARK + b"\n" if lines.finish() else b""


def text_lines(file: LandingFile, encoding: str) -> Iterator[TextLines]:
    """Yield the lines of a log in which a line is a record, without empty ones. Raises FileProblem."""
    for block in text_blocks(file, encoding):
        frame = pl.read_lines(block.data, name="text").select(
            pl.int_range(pl.len(), dtype=pl.Int64).alias("line_number") + block.first_line, "text"
        )
        frame = frame.filter(pl.col("text").str.strip_chars() != "")
        records_read = frame.height
        if block.bad_lines:
            frame = frame.filter(pl.col("text") != BAD_LINE.decode())
        rejects = reject_frame(bad.as_reject(bad.line_number) for bad in block.bad_lines.values())
        yield TextLines(frame, rejects, records_read)


def _transcoded_pieces(file: LandingFile, encoding: str) -> Iterator[bytes]:
    """Yield pieces without a byte order mark; UTF-16 and UTF-32, whose line ends are no single bytes, become UTF-8."""
    wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding)("strict") if wide else None
    is_first = True
    for piece in pieces(file.path):
        if decoder is None:
            yield _without_mark(piece) if is_first else piece
        else:
            try:
                text = decoder.decode(piece)
            except UnicodeDecodeError as error:
                raise _not_in_encoding(encoding, error.reason) from error
            yield (text.removeprefix("\ufeff") if is_first else text).encode()
        is_first = False


def _without_mark(piece: bytes) -> bytes:
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileProblem(
            "encoding",
            "The file begins with the mark of UTF-16.",
            "Write `encoding: utf-16` under the source in centre.yaml, or export it as UTF-8.",
            line_number=1,
        )
    return piece.removeprefix(codecs.BOM_UTF8)


def _not_in_encoding(encoding: str, reason: str) -> FileProblem:
    return FileProblem(
        "encoding",
        f"The file is not in the declared encoding {encoding} ({reason}).",
        "Correct `encoding` under the source in centre.yaml.",
    )


def _checked_block(data: bytes, first_line: int, encoding: str, *, is_last: bool) -> TextBlock:
    bad: dict[int, BadLine] = {}
    data = _taken_out(data, first_line, _lines_with_nul(data), bad)
    data = _taken_out(data, first_line, _long_lines(data), bad)
    data = _decoded(data, first_line, encoding, bad)
    return TextBlock(data, first_line, is_last, bad)


def _taken_out(data: bytes, first_line: int, spans: Iterator[Span], bad: dict[int, BadLine]) -> bytes:
    """Replace lines (start and end of each without its LF) by BAD_LINE and note why."""
    kept, done, line = list[bytes](), 0, first_line
    for start, end, finding in spans:
        line += data.count(b"\n", done, start)
        check, value, message, remedy = finding
        bad[line] = BadLine(line, check, value, message, remedy)
        kept += (data[done:start], BAD_LINE)
        done = end
    return b"".join((*kept, data[done:])) if kept else data


def _lines_with_nul(data: bytes) -> Iterator[Span]:
    at = data.find(b"\x00")
    while at >= 0:
        start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        yield start, end, MARKED.get(data[start:end], NUL_FOUND)
        at = data.find(b"\x00", end)


def _long_lines(data: bytes) -> Iterator[Span]:
    # Every window of that length must hold a line end, so the search takes few steps.
    at = 0
    while at + MAX_LINE_BYTES < len(data):
        end = data.rfind(b"\n", at, at + MAX_LINE_BYTES + 1)
        if end < 0:
            end = data.find(b"\n", at)
            yield at, end, TOO_LONG
        at = end + 1


def _decoded(data: bytes, first_line: int, encoding: str, bad: dict[int, BadLine]) -> bytes:
    if data.isascii():
        return data
    name = codecs.lookup(encoding).name
    is_utf8 = name.startswith("utf")
    try:
        text = data.decode("utf-8" if is_utf8 else name)
    except UnicodeDecodeError:
        return _decoded_by_line(data, first_line, "utf-8" if is_utf8 else name, bad)
    return data if is_utf8 else text.encode()


def _decoded_by_line(data: bytes, first_line: int, encoding: str, bad: dict[int, BadLine]) -> bytes:
    """Decode a block in which some line is not in the encoding; only such blocks are walked line by line."""
    lines = data.split(b"\n")
    for index, line in enumerate(lines):
        if line.isascii():
            continue
        try:
            lines[index] = line.decode(encoding).encode()
        except UnicodeDecodeError as error:
            number = first_line + index
            bad[number] = _not_decodable(number, encoding, error)
            lines[index] = BAD_LINE
    return b"\n".join(lines)


def _not_decodable(line_number: int, encoding: str, error: UnicodeDecodeError) -> BadLine:
    byte = error.object[error.start]
    return BadLine(
        line_number,
        "encoding",
        f"byte 0x{byte:02X} at position {error.start + 1}",
        f"The line is not valid {encoding}.",
        "If the file is in another encoding, write it as `encoding:` under the source in centre.yaml "
        "(gb18030, latin-1, ...); else export the file again as UTF-8.",
    )
