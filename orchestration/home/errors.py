"""The one family of errors that Scorehouse expects: bad settings, bad files, a home that is in use."""

from __future__ import annotations


class ScorehouseError(Exception):
    """An expected failure; its message says what is wrong, where, and what to do. Anything else is a defect."""


class RunError(ScorehouseError, RuntimeError):
    """A run did not reach its end; what was published before stays. The message names step and cause."""


class StoppedError(ScorehouseError):
    """A person ended what was going on, by Ctrl-C."""
