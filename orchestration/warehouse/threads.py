"""How many threads DuckDB works with in the build of one home."""

from __future__ import annotations

from orchestration.home.paths import Home
from orchestration.warehouse.slice.folder import bytes_read
from orchestration.warehouse.slice.state import SliceState

_OF_ONE_THREAD = 50_000_000
"""Bytes of parts: a night of 40 agents reads 20 million after 400 days, most of them of feeds that are read whole; one
of 1,000 agents reads 110 million."""


def build_threads(home: Home) -> int | None:
    """Return the threads of the build that has begun; None for one for each core.

    The statements of a small slice take milliseconds each: a second thread makes no night shorter by more than a tenth,
    and takes a tenth of processing for being woken and waited for.
    """
    return 1 if SliceState(home).is_sliced() and bytes_read(home) <= _OF_ONE_THREAD else None
