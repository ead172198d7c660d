"""Lines that are no text: too long, binary, cut off, or not in their encoding. They are marked and told, never lost."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.readers.findings import Details, Reject
from schemas.words import PLAIN

MAX_LINE_BYTES = 1_000_000
BAD_LINE = b"\x00"
"""Stands in a block for a line that was taken out, so that line numbers hold."""

Finding = tuple[str, str, str, Details]
"""Check, value, way in which it is said, details."""
Span = tuple[int, int, Finding]
"""Start and end of a line in a block, and what is wrong with it."""

NUL_FOUND: Finding = ("nul_byte", "byte 0x00", PLAIN, {})
TOO_LONG: Finding = ("line_too_long", f"more than {MAX_LINE_BYTES} bytes", PLAIN, {"most_bytes": MAX_LINE_BYTES})
TORN: Finding = ("truncated_record", "the end is missing", PLAIN, {})
LONG_MARK, TORN_MARK = b"\x00long", b"\x00torn"
MARKED = {LONG_MARK: TOO_LONG, TORN_MARK: TORN}
"""Lines cut away while reading, by what stands for them."""


@dataclass(frozen=True)
class BadLine:
    """Why a line is no text."""

    line_number: int
    check: str
    value: str
    way: str
    details: Details

    def as_reject(self, record_number: int | None) -> Reject:
        """Return the finding as a quarantine entry of that record."""
        return Reject(record_number, self.line_number, None, self.check, self.value, self.way, self.details)


def in_order(data: bytes, first_line: int, encoding: str) -> tuple[bytes, dict[int, BadLine]]:
    """Return whole lines as UTF-8, each line that is no text replaced by BAD_LINE, and why, by line number."""
    bad: dict[int, BadLine] = {}
    data = _taken_out(data, first_line, _lines_with_nul(data), bad)
    data = _taken_out(data, first_line, _long_lines(data), bad)
    return _decoded(data, first_line, encoding, bad), bad


def _taken_out(data: bytes, first_line: int, spans: Iterator[Span], bad: dict[int, BadLine]) -> bytes:
    """Replace lines (start and end of each without its LF) by BAD_LINE and note why."""
    kept, done, line = list[bytes](), 0, first_line
    for start, end, finding in spans:
        line += data.count(b"\n", done, start)
        bad[line] = BadLine(line, *finding)
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
        "line",
        {"encoding": encoding, "byte": f"0x{byte:02X}", "position": error.start + 1},
    )
