"""What a process imports and keeps is not looked through again for what could be let go."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Collect nothing of what is made within, now or later.

    Dagster and the definitions are four hundred thousand objects, among which Python would look for garbage ten times
    in a run: a second of processor time, for nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
