"""What in the landing folder is a file of its own: no link that leads out of it, no pipe, no device."""

from __future__ import annotations

import stat
from pathlib import Path

from orchestration.readers.archived import ArchivedPath, landed_at

COPY_IT = "Remedy: copy the file itself there."


def leads_out(path: Path, landing: Path) -> bool:
    """Tell whether a path below the landing folder is a link to something outside, or to nothing.

    The landing folder itself may be a link, as may what stands above it: that is the centre's own choice.
    """
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(landing.resolve())
    except (OSError, RuntimeError):
        # A link to nothing, or in a circle.
        return True


def is_own_file(path: Path, landing: Path) -> bool:
    """Tell whether a path below the landing folder is a file that may be taken."""
    path = landed_at(path)
    return path.is_file() and not leads_out(path.archive if isinstance(path, ArchivedPath) else path, landing)


def why_never_taken(path: Path, landing: Path) -> str | None:
    """Say why an entry of a landing day will never be taken where it lies, and what to do; None if it may be."""
    if leads_out(path, landing):
        return f"is a link that leads out of the landing folder, or nowhere. {COPY_IT}"
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return f"is a folder. Remedy: move its files up into {path.parent.name}."
    return None if stat.S_ISREG(mode) else f"is no file but a pipe, a socket or a device. {COPY_IT}"
