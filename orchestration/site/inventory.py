"""What the pages of a home consist of, by which a later look sees what is gone or damaged."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from orchestration.home.paths import Home
from orchestration.site.shell import SHELL_LIST

AUDIENCES = "audiences"
MANIFEST = "manifest.json"
_NAMED_BY_CONTENT = re.compile(r"-([0-9a-f]{12})\.(?:json|csv|txt)$")


def held(home: Home) -> dict[str, object]:
    """Return what the site holds: number and bytes of its files, and a digest of the manifests.

    The files of single audiences are counted by their manifests alone: a thousand sites have half a million files.
    `damaged_files` looks at them all.
    """
    count, total = 0, 0
    for path in _files(home.site, leave_out=AUDIENCES):
        count, total = count + 1, total + path.stat().st_size
    manifests = [home.site / "data" / MANIFEST, *sorted(home.site.glob(f"{AUDIENCES}/*/*/data/{MANIFEST}"))]
    digest = hashlib.sha256()
    for path in manifests:
        digest.update(path.read_bytes() + b"\0" if path.exists() else b"\0")
    return {"files": count, "bytes": total, "manifests": digest.hexdigest()}


def damaged_files(home: Home) -> list[Path]:
    """Return the data files of all sites whose content is not the one that they are named by."""
    data = [home.site / "data", *sorted(home.site.glob(f"{AUDIENCES}/*/*/data"))]
    return [path for folder in data for path in _files(folder) if not _is_what_it_says(path)]


def drop_damage(home: Home) -> None:
    """Remove what is damaged, and the list of the shell's files: whoever writes the site next writes them anew."""
    for path in damaged_files(home):
        path.unlink()
    (home.site / SHELL_LIST).unlink(missing_ok=True)


def _files(folder: Path, leave_out: str = "") -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        if leave_out and Path(place) == folder and leave_out in folders:
            folders.remove(leave_out)
        yield from (Path(place) / name for name in names)


def _is_what_it_says(path: Path) -> bool:
    named = _NAMED_BY_CONTENT.search(path.name)
    return named is None or hashlib.sha256(path.read_bytes()).hexdigest()[:12] == named[1]
