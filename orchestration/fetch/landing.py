"""Landing files of what is pulled: each appears whole, at rest, and once, wherever a pull is cut off.

The steps, per file:

1. Its lines are written under a hidden name in its landing folder, and are on disk.
2. State says that it waits, together with how far was read and what lies in landing/ by it.
3. It gets its name.

Cut off before 2, the hidden file goes and its records are read again; after 2, the next pull gives it its name.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import polars as pl
import zstandard

from orchestration.home.durable import UNFINISHED, remove, steps, sync
from orchestration.home.paths import Home
from orchestration.landing.rest import QUIET_SECONDS

ENDING = ".jsonl.zst"


def hidden(path: Path) -> Path:
    """Return the name that a file has until it lands."""
    return path.with_name(f".{path.name}{UNFINISHED}")


def clear_unfinished(home: Home, source: str, stream: str) -> None:
    """Remove what pulls left that were cut off before they said that it waits."""
    for path in sorted((home.landing / source).glob(f"*/.{stream}.*{ENDING}{UNFINISHED}")):
        remove(path)


def give_name(path: Path) -> None:
    """Let a file land whose bytes are on disk under its hidden name; one that has landed stays as it is."""
    unnamed = hidden(path)
    if not unnamed.exists():
        return
    # It is whole, and need not be looked at twice.
    at_rest = time.time() - QUIET_SECONDS - 1
    os.utime(unnamed, (at_rest, at_rest))
    steps.before("rename", path)
    unnamed.replace(path)
    sync(path.parent)


class LinesFile:
    """A file of lines that is being written under the hidden name of the file that it will be."""

    def __init__(self, folder: Path, stem: str) -> None:
        self.rows = self.byte_count = 0
        self.first: int | None = None
        self.last: int | None = None
        self._folder = folder
        self._written = folder / f".{stem}{ENDING}{UNFINISHED}"
        steps.before("write", self._written)
        folder.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = self._written.open("wb")
        self._packing = zstandard.ZstdCompressor(level=3).stream_writer(self._file, closefd=False)

    def add(self, page: pl.DataFrame) -> None:
        """Write the lines of a page, whose columns are `line` and `at`."""
        content = page.select("line").write_csv(include_header=False, quote_style="never").encode()
        self._packing.write(content)
        self.rows += page.height
        self.byte_count += len(content)
        first, last = page.select(pl.col("at").min().alias("first"), pl.col("at").max().alias("last")).row(0)
        self.first = first if self.first is None else min(self.first, self.first if first is None else first)
        self.last = last if self.last is None else max(self.last, self.last if last is None else last)

    def finish(self, name: str) -> Path:
        """Have all bytes on disk under the hidden name that goes with a name; return where that will be."""
        self._packing.close()  # type: ignore[no-untyped-call]
        self._file.close()
        path = self._folder / name
        self._written.replace(hidden(path))
        sync(hidden(path))
        sync(self._folder)
        return path

    def discard(self) -> None:
        """Leave nothing of it."""
        with suppress(zstandard.ZstdError):
            self._packing.close()  # type: ignore[no-untyped-call]
        self._file.close()
        self._written.unlink(missing_ok=True)
