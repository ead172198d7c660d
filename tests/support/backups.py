"""A run that a backup is made of before each of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from orchestration.home import durable
from orchestration.home.paths import Home
from orchestration.upkeep.backup import back_up


@dataclass
class BackupAtEach(durable.Steps):
    """Makes a backup before each step that a run does in a home, and remembers what the step was."""

    home: Home
    folder: Path
    made: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False

    def before(self, step: str, path: Path) -> None:
        # Making a backup has steps of its own.
        if self.is_busy or not path.is_relative_to(self.home.root):
            return
        self.is_busy = True
        try:
            # So many backups would wait for the disk of the whole machine each.
            with patch("os.sync"):
                made = back_up(self.home, self.folder)
        finally:
            self.is_busy = False
        self.made[made.folder.name] = f"{step} {path.relative_to(self.home.root)}"


@contextmanager
def backup_at_each_step(home: Home, folder: Path) -> Iterator[BackupAtEach]:
    """Make a backup before each step of what is done inside."""
    backups, before = BackupAtEach(home, folder), durable.steps
    durable.steps = backups
    try:
        yield backups
    finally:
        durable.steps = before
