"""Why a pull failed, in words of our own: those of drivers and libraries quote addresses, logins and records."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.home.errors import ScorehouseError

TALKATIVE = ("dlt", "urllib3", "requests", "sqlalchemy", "psycopg", "pymysql")


class PullError(ScorehouseError, RuntimeError):
    """Something could not be pulled; what had landed before stays, and the next pull goes on after it."""


class PullLaterError(PullError):
    """The other side was not to be reached, or has too much to do: the same pull may succeed in a moment."""


@contextmanager
def told_without_quoting(what: str) -> Iterator[None]:
    """Turn what nobody expected into a PullError that names its kind only, and keep libraries from logging."""
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    except ScorehouseError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.filename is not None:
            # Of the disk, whose words name a file; those of a network quote addresses.
            raise
        raise PullError(f"{what}: {type(error).__name__}, which is a defect to report.") from None
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate
