"""What a pull came to, as sentences for people."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.fetch.pull import PulledRecords
from orchestration.fetch.stream import PulledStream


def sentences(pulled: PulledRecords, *, only_new: bool = False) -> Iterator[str]:
    """Yield a sentence for each table or list of a source, with `only_new` where something was new, and its notes."""
    yield from pulled.notes
    for stream in pulled.streams:
        if stream.windows or not only_new:
            yield f"{pulled.source}/{stream.stream}: {_came_to(stream)}"
        yield from stream.notes


def _came_to(stream: PulledStream) -> str:
    if not stream.windows:
        return f"nothing new among {_records(stream.read)} read"
    files = "1 file" if len(stream.windows) == 1 else f"{len(stream.windows):,} files"
    bounds = [bound for window in stream.windows for bound in (window.first, window.last) if bound is not None]
    # Of numbers and of times alike, the text of a later one of the same length is the greater one.
    window = f", {min(bounds, key=_order)} to {max(bounds, key=_order)}" if bounds else ""
    return f"{_records(stream.new)} new in {files}{window}"


def _order(bound: str) -> tuple[int, str]:
    return len(bound.partition(".")[0]), bound


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
