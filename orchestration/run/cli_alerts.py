"""Whoever has to hear of a command that failed at night, when nobody is at its terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import Home
from orchestration.run.cli_errors import words_of


@contextmanager
def failure_told(home: Home, command: str, err: Console) -> Iterator[None]:
    """Tell a command that failed to the home's addresses too; a run at night has nobody at its terminal."""
    try:
        yield
    except Exception as error:
        tell_addresses(home, err, f"Scorehouse: scorehouse {command} failed", words_of(error))
        raise


def tell_addresses(home: Home, err: Console, title: str, text: str) -> None:
    """Tell the home's addresses; that one can't be reached is said and nothing more."""
    from orchestration.home.alerts import tell_failure

    try:
        tell_failure(home, title, f"{text}\n\nHome {home.root}")
    except ScorehouseError as untold:
        err.print(f"[yellow]{escape(str(untold))}[/]")
