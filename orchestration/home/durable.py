"""The steps by which files of the home come, change place and go; whole, or not at all.

Everything that the door keeps is written by these few functions, so that a test can cut a run off before each step;
the small records that others keep are written by them too.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from orchestration.home.paths import Home

UNFINISHED = ".tmp"


class Steps:
    """Told of each step before it is done; a test raises here what a killed process would never come to."""

    def before(self, step: str, path: Path) -> None:
        """Do nothing: the step is done."""


steps = Steps()


def put_file(path: Path, write: Callable[[Path], object], *, on_disk: bool = False, beside: str = "") -> bool:
    """Have `write` make a file under a passing name, then give it its own: nobody ever sees half of it.

    What is there already stays until then. A writer that returns False takes its file back: nothing changes then, and
    False comes back. `on_disk`: the bytes are there before the name. `beside` sets processes apart that write the same
    file at the same time.
    """
    steps.before("write", path)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".{path.name}{beside and '.'}{beside}{UNFINISHED}")
    if write(written) is False:
        written.unlink(missing_ok=True)
        return False
    if on_disk:
        sync(written)
    steps.before("rename", path)
    written.replace(path)
    return True


def put_text(path: Path, text: str) -> None:
    """Put a small text file in place of what is there: on disk before it is seen."""
    put_file(path, lambda written: written.write_text(text, encoding="utf-8"), on_disk=True)


def put_frame(path: Path, rows: pl.DataFrame) -> None:
    """Put rows in place as Parquet. Their bytes may reach the disk later: whoever counts them looks at their size."""
    put_file(path, lambda written: rows.write_parquet(written, compression="zstd", compression_level=1))


def ensure_frame(path: Path, rows: pl.DataFrame) -> bool:
    """Have a small Parquet file of these rows there, byte for byte; tell whether it was another one."""
    wanted = io.BytesIO()
    rows.write_parquet(wanted, compression="zstd", compression_level=1)
    if path.is_file() and path.read_bytes() == wanted.getvalue():
        return False
    return put_file(path, lambda written: written.write_bytes(wanted.getvalue()))


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    steps.before("remove", path)
    path.unlink(missing_ok=True)


def move(path: Path, target: Path) -> None:
    """Move a file or folder into a folder that is made for it, also to another disk; what is there already stays."""
    steps.before("move", path)
    target.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.name}.{number}")
    shutil.move(path, free)


def set_aside(home: Home, path: Path) -> Path:
    """Move what can't be used and may still be wanted to state/set_aside/, under its path in the home; return that."""
    target = home.state / "set_aside" / path.relative_to(home.root)
    move(path, target)
    return target


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on disk before something is done that counts on them."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def names_below(folder: Path, ending: str) -> Iterator[str]:
    """Yield what lies two folders down, as <folder>/<folder>/<name>, and has this ending or is not finished."""
    for outer in _folders(str(folder)):
        for inner in _folders(f"{folder}/{outer}"):
            with os.scandir(f"{folder}/{outer}/{inner}") as entries:
                names = sorted(entry.name for entry in entries if entry.name.endswith((ending, UNFINISHED)))
            yield from (f"{outer}/{inner}/{name}" for name in names)


def _folders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except FileNotFoundError:
        return []
