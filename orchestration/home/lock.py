"""One run per home: a lock file with a timeout around everything that writes.

Dagster's pools hold within one instance only; a command line, a test or a second instance bypasses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import LOCK_TIMEOUT_VARIABLE, Home, lock_timeout_seconds


class HomeLockedError(ScorehouseError, RuntimeError):
    """Another run works on this home and did not end in time."""


@contextmanager
def home_lock(home: Home, timeout_seconds: float | None = None) -> Iterator[None]:
    """Hold the home while the block runs; within one process it may be entered again.

    Raises HomeLockedError when another process holds it for longer than the timeout.
    """
    home.state.mkdir(parents=True, exist_ok=True)
    seconds = lock_timeout_seconds() if timeout_seconds is None else timeout_seconds
    # A singleton per path, shared by all threads: the command line holds it, and so do the steps it runs.
    lock = FileLock(home.lock_file, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=seconds)
    except Timeout as error:
        raise HomeLockedError(
            f"{home.lock_file}: another run has worked on this home for more than {seconds:g} s. "
            f"Remedy: wait for it, or allow more by {LOCK_TIMEOUT_VARIABLE}."
        ) from error
    try:
        yield
    finally:
        lock.release()
