"""Expected errors as failures whose first words, in Dagster's UI, are what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dagster import Failure

from orchestration.home.errors import ScorehouseError


@contextmanager
def remedy_first() -> Iterator[None]:
    """Turn an expected error into a failure that says its message; a stack is of use for defects only."""
    try:
        yield
    except ScorehouseError as error:
        raise Failure(str(error), allow_retries=False) from None
