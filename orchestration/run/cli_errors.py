"""The last words of the command line: what went wrong, what to do, and the exit code for scripts."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from orchestration.home.errors import ScorehouseError, StoppedError
from orchestration.home.paths import CHECKOUT, SettingsError
from orchestration.run.cli_stopped import STOPPED

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_LOCKED = 3
EXIT_CAME_IN_WRONG = 4
EXIT_STOPPED = 130
"""As a shell has it of what SIGINT ended."""


@contextmanager
def errors_told(err: Console) -> Iterator[None]:
    """Turn what goes wrong into one message on `err` and an exit code."""
    from orchestration.centre import CentreError
    from orchestration.home.lock import HomeLockedError

    try:
        yield
    except (KeyboardInterrupt, StoppedError) as stopped:
        err.print(f"[bold yellow]{escape(str(stopped) or STOPPED)}[/]")
        sys.exit(EXIT_STOPPED)
    except Exception as error:  # noqa: BLE001 - a traceback quotes what was read, and helps nobody at a terminal
        usage, locked = isinstance(error, SettingsError | CentreError), isinstance(error, HomeLockedError)
        err.print(f"[bold red]error[/]: {escape(words_of(error))}")
        sys.exit(EXIT_USAGE if usage else EXIT_LOCKED if locked else EXIT_FAILED)


def words_of(error: Exception) -> str:
    """Say what went wrong and what to do, whatever it was."""
    if isinstance(error, ScorehouseError):
        return str(error)
    return _of_the_system(error) if isinstance(error, OSError) else _of_a_defect(error)


def _of_the_system(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return (
        f"{place}{error.strerror or type(error).__name__}. Remedy: see that the disk has room and that this user may "
        "read and write the home, then run again; what was published before stays."
    )


def _of_a_defect(error: Exception) -> str:
    """Say where it happened, without the error's own words: a library quotes what it read, and that may be people's."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if CHECKOUT / "orchestration" in Path(step.filename).parents] or steps
    where = " < ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(ours[-4:]))
    return (
        f"{type(error).__name__} at {where}. What was published before stays. "
        "Remedy: `scorehouse doctor` says whether something in the home is damaged; if not, this is a defect to report."
    )
