"""Which adapter reads which kind of source."""

from __future__ import annotations

from typing import Any

from orchestration.sources.adapter import Adapter
from orchestration.sources.asterisk.queue_log import AsteriskQueueLog
from orchestration.sources.feed import FeedFiles
from orchestration.sources.files.adapter import MappedFiles
from orchestration.sources.pulled.http import HttpSource
from orchestration.sources.pulled.sql import SqlSource

ADAPTERS: dict[str, Adapter[Any]] = {
    adapter.kind: adapter
    for adapter in (
        FeedFiles(),
        MappedFiles(),
        MappedFiles("sql", SqlSource),
        MappedFiles("http", HttpSource),
        AsteriskQueueLog(),
    )
}
"""Adapters by kind; centre.yaml admits no other kind."""
