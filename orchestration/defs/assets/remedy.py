"""Expected errors as failures whose first words, in Dagster's UI, are what is wrong and what to do.

What may be over in a moment is tried again, each time later: a home that another run holds, a disk that won't answer, a
build of the pages' shell that was killed, a database or an API that is not to be reached. So is a build of some dates
that was given too little memory: it gets all then. What is wrong with data or settings is as wrong the next time: it
fails at once.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from dagster import AssetExecutionContext, Failure, RetryRequested

from orchestration.fetch.failures import PullLaterError
from orchestration.home.errors import ScorehouseError
from orchestration.home.lock import WAITING, HomeLockedError
from orchestration.home.progress import listening
from orchestration.site.shell import ShellKilledError
from orchestration.warehouse.memory import ShortOfMemoryError

MOST_RETRIES = 3
FIRST_WAIT_SECONDS = 5.0
"""Each wait is four times the one before: 5, 20 and 80 seconds."""

_PASSING = frozenset(
    {errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ENOLCK, errno.ESTALE, errno.ETIMEDOUT, errno.ETXTBSY}
)


@contextmanager
def remedy_first(context: AssetExecutionContext) -> Iterator[None]:
    """Turn an expected error into a failure that says its message; a stack is of use for defects only.

    Whoever looks at the run sees also that it waits for another one.
    """

    def waits(text: str) -> None:
        if text == WAITING:
            context.log.info(f"{text}.")

    try:
        with listening(waits):
            yield
    except Exception as error:
        if _may_pass(error) and context.retry_number < MOST_RETRIES:
            wait = FIRST_WAIT_SECONDS * 4**context.retry_number
            context.log.warning(f"{error} Tried again in {wait:g} s.")
            raise RetryRequested(MOST_RETRIES, seconds_to_wait=wait) from error
        if isinstance(error, ScorehouseError):
            raise Failure(str(error), allow_retries=False) from None
        raise


def _may_pass(error: Exception) -> bool:
    """Tell whether the same step may succeed in a moment, with nothing mended."""
    if isinstance(error, duckdb.IOException):
        return "lock" in str(error)
    return isinstance(error, HomeLockedError | PullLaterError | ShellKilledError | ShortOfMemoryError) or (
        isinstance(error, OSError) and error.errno in _PASSING
    )
