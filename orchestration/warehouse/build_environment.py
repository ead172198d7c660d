"""What dbt finds in its environment for one build, and the next build does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.home.paths import MEMORY_LIMIT_VARIABLE, THREADS_VARIABLE, Home, memory_limit, stated_threads
from orchestration.warehouse.contracts import Contracts
from orchestration.warehouse.memory import build_memory_limit
from orchestration.warehouse.threads import build_threads

CONTRACTS_VARIABLE = "SCOREHOUSE_CONTRACTS"
"""`checked` if an earlier build has compared these models with their contracts, `unchecked` if not."""


@contextmanager
def build_environment(home: Home, contracts: Contracts) -> Iterator[bool]:
    """Set the memory and the threads of the build that has begun, and whether contracts need to be compared.

    Tells whether another attempt would get more memory. Raises SettingsError if what is stated of them is no number.
    """
    limit, threads = build_memory_limit(home), stated_threads() or build_threads(home)
    told = {
        MEMORY_LIMIT_VARIABLE: limit,
        CONTRACTS_VARIABLE: "checked" if contracts.are_checked() else "unchecked",
    }
    if threads:
        told[THREADS_VARIABLE] = str(threads)
    before, allowed = {name: os.environ.get(name) for name in told}, memory_limit()
    os.environ.update(told)
    try:
        yield limit != allowed
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
