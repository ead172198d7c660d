"""Where long work says how far it is: one line at a time, to whoever listens.

The command line shows it as a status line; without a listener it goes to the log only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str], None]

_logger = logging.getLogger("scorehouse")
_listeners: list[Listener] = []


def say(text: str) -> None:
    """Tell every listener what is being done now, such as `taking file 3 of 60: calls.csv`."""
    _logger.debug(text)
    for listener in _listeners:
        listener(text)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hand every progress line to `listener` while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
