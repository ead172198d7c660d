"""How much memory the build of one home may take."""

from __future__ import annotations

import os

from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import MEMORY_LIMIT_VARIABLE, Home, memory_limit
from orchestration.warehouse.slice.folder import bytes_read
from orchestration.warehouse.slice.state import SliceState

_MEGABYTE = 1_000_000
_FLOOR = 512 * _MEGABYTE
_EACH_CORE = 64 * _MEGABYTE
"""What the statements of a slice of some thousand contacts take, with as much for each core that may work on them."""

_OF_FILES, _OF_PARTS = 0.6, 30
"""For each byte of the files that it goes on from, and of the parts that it reads: a night of 1,000 agents, whose parts
are 110 MB, does not come to its end with eight times as much."""


class ShortOfMemoryError(ScorehouseError, RuntimeError):
    """A build needs more than it was given, which is not all that there is."""


def build_memory_limit(home: Home) -> str:
    """Return DuckDB's memory limit for the build that has begun: less for some dates than for everything.

    DuckDB keeps whatever it has read of a file until the limit is reached, so that a night's run would take more with
    each night. What does not fit goes to the disk, as far as it can. The second attempt at a build gets all.
    """
    limit, state = memory_limit(), SliceState(home)
    unfinished = state.unfinished()
    is_second = unfinished is not None and unfinished.attempts > 1
    if os.environ.get(MEMORY_LIMIT_VARIABLE, "").strip() or is_second or not state.is_sliced():
        return limit
    files = sum(file.stat().st_size for file in (home.kept_file, home.built_file) if file.is_file())
    needed = max(_FLOOR + _EACH_CORE * (os.cpu_count() or 1), int(files * _OF_FILES), bytes_read(home) * _OF_PARTS)
    return f"{min(needed // _MEGABYTE, int(limit.removesuffix('MB')))}MB"
