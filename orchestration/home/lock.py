"""One run per home: a lock file with a timeout around everything that writes. One pull per source beside it.

A pull holds its source's lock while an API or a database is slow, and the home's only for the moments in which it lets
files land. Whoever takes both takes the source's first.

Dagster's pools hold within one instance only; a command line, a test or a second instance bypasses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import LOCK_TIMEOUT_VARIABLE, Home, lock_timeout_seconds
from orchestration.home.progress import say

WAITING = "waiting for another run, which works on this home"
"""What is said by whoever comes second."""


class HomeLockedError(ScorehouseError, RuntimeError):
    """Another run works on this home and did not end in time."""


class PullLockedError(HomeLockedError):
    """Another pull of the same source did not end in time."""


class Hold:
    """One holding of a home by this process: what was found sound under it need not be looked at again."""


_holds: dict[Path, Hold] = {}


def hold_of(home: Home) -> Hold | None:
    """Return by what this process holds a home, the same from the first block on to its end; None if it does not."""
    return _holds.get(home.lock_file)


@contextmanager
def home_lock(home: Home, timeout_seconds: float | None = None) -> Iterator[None]:
    """Hold the home while the block runs; within one process it may be entered again.

    Who has to wait for another process says so. Raises HomeLockedError when that takes longer than the timeout.
    """
    with _held(home.lock_file, "another run has worked on this home", timeout_seconds, HomeLockedError):
        is_first = home.lock_file not in _holds
        if is_first:
            _holds[home.lock_file] = Hold()
        try:
            yield
        finally:
            if is_first:
                del _holds[home.lock_file]


@contextmanager
def pull_lock(home: Home, source: str, timeout_seconds: float | None = None) -> Iterator[None]:
    """Hold what is pulled of a source while the block runs. Raises PullLockedError as `home_lock` its own."""
    path, who = home.pulled / f"{source}.lock", f"another pull of {source} has been going on"
    with _held(path, who, timeout_seconds, PullLockedError):
        yield


@contextmanager
def pulls_held(home: Home, sources: Iterable[str]) -> Iterator[None]:
    """Hold several sources, so that nothing that was read before can land later."""
    with ExitStack() as held:
        for source in sorted(sources):
            held.enter_context(pull_lock(home, source))
        yield


@contextmanager
def _held(path: Path, who: str, timeout_seconds: float | None, refused: type[HomeLockedError]) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    seconds = lock_timeout_seconds() if timeout_seconds is None else timeout_seconds
    # A singleton per path, shared by all threads: the command line holds it, and so do the steps it runs.
    lock = FileLock(path, is_singleton=True, thread_local=False)
    try:
        if not _is_had_at_once(lock):
            if seconds:
                say(WAITING)
            lock.acquire(timeout=seconds)
    except Timeout as error:
        raise refused(
            f"{path}: {who} for more than {seconds:g} s. Remedy: wait for it, or allow more by {LOCK_TIMEOUT_VARIABLE}."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _is_had_at_once(lock: BaseFileLock) -> bool:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True
