"""A home out of a backup: every byte is held against what the backup wrote down, and comes in place last of all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from orchestration.home.lock import home_lock
from orchestration.home.names import shown_name
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.upkeep.landed_again import know_again
from orchestration.upkeep.manifest import (
    CONTENT,
    TAKE_ANOTHER,
    BackupError,
    Manifest,
    backups_in,
    copy_hashed,
    digest_of,
)

UNFINISHED = ".restoring"


def backup_named(folder: Path, name: str | None) -> Path:
    """Return the folder of a backup, of the last one if none is named. Raises BackupError if there is none."""
    names = backups_in(folder)
    if not names:
        raise BackupError(f"{folder}: has no whole backup. Remedy: give the folder that `scorehouse backup` was given.")
    if name is not None and name not in names:
        raise BackupError(f"{folder}: has no backup {name!r}. Remedy: take one of {', '.join(names)}.")
    return folder / (name or names[-1])


def check_backup(backup: Path) -> Manifest:
    """Read every byte of a backup. Raises BackupError where a file is gone or is not as it was written."""
    manifest = Manifest.read(backup)
    for name, copied in manifest.files.items():
        say(f"reading the backup: {shown_name(name)}")
        path = backup / CONTENT / name
        if not path.is_file() or digest_of(path) != copied.digest:
            raise _damaged(backup, name)
    return manifest


def restore(home: Home, backup: Path) -> Manifest:
    """Put a backup into a home that has nothing yet.

    Raises BackupError where the home has content, and where the backup is damaged; the home is then as it was.
    """
    manifest = Manifest.read(backup)
    home.root.mkdir(parents=True, exist_ok=True)
    _assert_empty(home)
    with home_lock(home):
        _assert_empty(home)
        passing = home.root / UNFINISHED
        try:
            passing.mkdir(mode=0o700)
            _copy(backup, manifest, passing)
            os.sync()
        except BaseException:
            shutil.rmtree(passing, ignore_errors=True)
            raise
        _move_in(passing, home.root)
        passing.rmdir()
        know_again(home, manifest)
    return manifest


def _copy(backup: Path, manifest: Manifest, into: Path) -> None:
    for name, copied in manifest.files.items():
        say(f"restoring the backup: {shown_name(name)}")
        target = into / name
        try:
            digest = copy_hashed(backup / CONTENT / name, target)
        except FileNotFoundError as error:
            raise _damaged(backup, name) from error
        if digest != copied.digest:
            raise _damaged(backup, name)
        target.chmod(copied.mode)
        os.utime(target, ns=(copied.modified_ns, copied.modified_ns))


def _assert_empty(home: Home) -> None:
    if (home.root / UNFINISHED).exists():
        raise BackupError(
            f"{home.root}: another restore is filling it, or was cut off. "
            "Remedy: if none is going on, remove that folder and restore again."
        )
    for path in _files(home.root):
        if path != home.lock_file:
            raise BackupError(
                f"{home.root}: has content already, {shown_name(path.relative_to(home.root).as_posix())} for one, and "
                "nothing is written over it. Remedy: name an empty folder by --home, or move that one away first."
            )


def _files(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root, followlinks=True):
        yield from (Path(folder, name) for name in sorted(names))


def _move_in(source: Path, target: Path) -> None:
    """Move what lies in a folder into one that has no files; what makes a home of it, centre.yaml, comes last."""
    for path in sorted(source.iterdir(), key=lambda path: (path.name == "centre.yaml", path.name)):
        place = target / path.name
        if place.is_dir():
            _move_in(path, place)
            path.rmdir()
        else:
            shutil.move(path, place)


def _damaged(backup: Path, name: str) -> BackupError:
    return BackupError(f"{backup / CONTENT / shown_name(name)}: is gone or not as it was written. {TAKE_ANOTHER}")
