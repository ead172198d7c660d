"""Ctrl-C at the command line: one line and the exit code of a shell, whatever was at work."""

from __future__ import annotations

from typing import Any

from typer import Context
from typer.core import TyperGroup

from orchestration.home.errors import StoppedError

STOPPED = (
    "stopped by Ctrl-C. What was published before stays, and so does what was taken; "
    "the next run goes on from there: scorehouse run."
)


class StoppableCommands(TyperGroup):
    """Commands that a person may end at any moment."""

    def invoke(self, ctx: Context) -> Any:  # type: ignore[override]
        """Invoke a command. Raises StoppedError where it is interrupted: Typer ends without a word then."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise StoppedError(STOPPED) from None
