"""What dbt finds in its environment for one build, and the next build does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.home.paths import MEMORY_LIMIT_VARIABLE, THREADS_VARIABLE, Home, memory_limit
from orchestration.warehouse.memory import build_memory_limit
from orchestration.warehouse.slice.state import SliceState
from orchestration.warehouse.threads import build_threads

CONTRACTS_VARIABLE = "SCOREHOUSE_CONTRACTS"
"""`held` if the models are those whose columns a build of everything has held against their contracts."""


@contextmanager
def build_environment(home: Home) -> Iterator[bool]:
    """Set the memory and the threads of the build that has begun, and whether contracts need to be looked at.

    Tells whether another attempt would get more memory.
    """
    limit = build_memory_limit(home)
    told = {
        MEMORY_LIMIT_VARIABLE: limit,
        # Other models, other versions of DuckDB or of dbt lead to a build of everything.
        CONTRACTS_VARIABLE: "held" if SliceState(home).is_sliced() else "open",
    }
    threads = build_threads(home)
    if threads is not None:
        told[THREADS_VARIABLE] = os.environ.get(THREADS_VARIABLE) or str(threads)
    before, allowed = {name: os.environ.get(name) for name in told}, memory_limit()
    os.environ.update(told)
    try:
        yield limit != allowed
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
