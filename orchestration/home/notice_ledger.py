"""The ledger of notices: what was tried, sent or given up, to whom and by which channel; nothing in it ever changes.

Before a notice is sent its row `trying` is on the disk, afterwards one that says what came of it. A pass of the sender
has a file of its own for each channel, which is put in place again with every row that comes; files of days that are
over are folded into one. Nothing but ids, states and instants stands in it: no text, no address, no customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import polars as pl

from orchestration.home.durable import ensure_frame, put_file, remove, sync
from orchestration.home.errors import ScorehouseError

DeliveryState = Literal["trying", "failed", "sent", "given_up"]

DELIVERY: Mapping[str, pl.DataType] = {
    "notice_id": pl.String(),
    "channel": pl.String(),
    "notice_kind": pl.String(),
    "recipient_kind": pl.String(),
    "recipient_id": pl.String(),
    "attempt": pl.Int32(),
    "delivery_state": pl.String(),
    "happened_at": pl.Datetime("us", "UTC"),
}
ROWS_PER_FILE = 200
"""A file is written whole with every row, so it may not grow for ever."""

_EMPTY = "_empty.parquet"
_NAME = "%Y%m%dT%H%M%S%f"


class NoticeLedgerError(ScorehouseError, RuntimeError):
    """What was sent can't be told any more, so nothing is sent."""


def ensure_empty_ledger(folder: Path) -> None:
    """Give dbt a file without rows, so that it finds the columns before anything was sent."""
    ensure_frame(folder / _EMPTY, pl.DataFrame(schema=DELIVERY))


def read_deliveries(folder: Path) -> pl.DataFrame:
    """Return every row once. Raises NoticeLedgerError where a file can't be read."""
    paths = sorted(folder.glob("[!.]*.parquet"))
    try:
        frames = [pl.read_parquet(path).select(list(DELIVERY)) for path in paths]
    except (pl.exceptions.PolarsError, OSError) as error:
        raise NoticeLedgerError(
            f"{folder}: {type(error).__name__}, so that nobody knows what was sent. Nothing is sent. Remedy: put "
            "ledger/notices back from a backup; without one, move it away and set `notices.begin_on` to tomorrow."
        ) from None
    return pl.concat([pl.DataFrame(schema=DELIVERY), *frames]).unique(maintain_order=True)


class Journal:
    """The rows that one pass writes of one channel, each on the disk before `append` returns."""

    def __init__(self, folder: Path, channel: str) -> None:
        self._folder = folder
        self._channel = channel
        self._rows: list[dict[str, Any]] = []
        self._file: Path | None = None

    def append(self, row: Mapping[str, Any]) -> None:
        """Add a row."""
        if self._file is None or len(self._rows) >= ROWS_PER_FILE:
            self._file = self._folder / f"{datetime.now(UTC):{_NAME}}-{self._channel}.parquet"
            self._rows = []
        self._rows.append({**row, "channel": self._channel})
        frame = pl.DataFrame(self._rows, schema=dict(DELIVERY))
        put_file(self._file, frame.write_parquet, on_disk=True)
        sync(self._folder)


def fold(folder: Path, today: datetime) -> None:
    """Make one file of each day's before `today` (UTC); the caller holds the home, which a build reads them in."""
    days = {path.name[:8] for path in folder.glob("*T*-*.parquet")} - {f"{today:%Y%m%d}"}
    for day in sorted(days):
        loose = sorted(folder.glob(f"{day}T*-*.parquet"))
        whole = folder / f"{day}.parquet"
        parts = [pl.read_parquet(path) for path in [*([whole] if whole.exists() else []), *loose]]
        # Cut off after this the rows stand twice, which whoever reads them knows.
        put_file(whole, pl.concat(parts).unique(maintain_order=True).write_parquet, on_disk=True)
        sync(folder)
        for path in loose:
            remove(path)
