"""Small JSON records that the product keeps for itself: written whole and on disk, or not at all.

One that is empty, cut or no object is none: what it spoke of is then made again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from orchestration.home.durable import put_text


def read_kept(path: Path) -> dict[str, Any] | None:
    """Return the record, or None if there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def write_kept(path: Path, content: dict[str, Any]) -> None:
    """Put a record in place of the one before."""
    put_text(path, json.dumps(content, indent=1))


def stamp(path: Path) -> str | None:
    """Return text that changes whenever somebody writes to a file; None if there is none.

    Size and time of the last change: a digest of a gigabyte would cost every look a second.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return f"{stat.st_size} {stat.st_mtime_ns}"
