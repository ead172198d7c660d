"""What dbt finds in its environment for one build, and the next build does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.home.paths import MEMORY_LIMIT_VARIABLE, Home, memory_limit
from orchestration.warehouse.memory import build_memory_limit
from orchestration.warehouse.slice.state import SliceState

CONTRACTS_VARIABLE = "SCOREHOUSE_CONTRACTS"
"""`held` if the models are those whose columns a build of everything has held against their contracts."""


@contextmanager
def build_environment(home: Home) -> Iterator[bool]:
    """Set the limit of memory of the build that has begun, and whether contracts need to be looked at.

    Tells whether another attempt would get more memory.
    """
    names = (MEMORY_LIMIT_VARIABLE, CONTRACTS_VARIABLE)
    before, allowed = {name: os.environ.get(name) for name in names}, memory_limit()
    os.environ[MEMORY_LIMIT_VARIABLE] = limit = build_memory_limit(home)
    # Other models, other versions of DuckDB or of dbt lead to a build of everything.
    os.environ[CONTRACTS_VARIABLE] = "held" if SliceState(home).is_sliced() else "open"
    try:
        yield limit != allowed
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
