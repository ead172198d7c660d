"""A queue_log written line by line, and what is read of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from orchestration.readers.findings import LandingFile
from orchestration.sources.adapter import Batch
from orchestration.sources.asterisk.queue_log import AsteriskQueueLog
from orchestration.sources.asterisk.settings import AsteriskSource

SOURCE = AsteriskSource(name="pbx", kind="asterisk_queue_log", channel="voice")


def read_bytes(tmp_path: Path, content: bytes, source: AsteriskSource = SOURCE, name: str = "queue_log") -> list[Batch]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(AsteriskQueueLog().read(LandingFile("pbx", date(2026, 1, 5), name, path), source))


def read_lines(tmp_path: Path, *lines: str, source: AsteriskSource = SOURCE) -> Batch:
    (batch,) = read_bytes(tmp_path, "".join(f"{line}\n" for line in lines).encode(), source)
    return batch


def rows(batch: Batch, feed: str, *columns: str) -> list[tuple[Any, ...]]:
    return batch.feeds[feed].select(*columns).rows() if feed in batch.feeds else []


def at(second: int) -> datetime:
    return datetime.fromtimestamp(1_000_000_000 + second, UTC)


def line(second: int, call: str, queue: str, agent: str, event: str, *parameters: str) -> str:
    return "|".join([str(1_000_000_000 + second), call, queue, agent, event, *parameters])
