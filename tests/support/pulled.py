"""What was pulled into a home: the records of its landing files, in the order of receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from orchestration.home.names import natural
from orchestration.home.paths import Home


def landed(home: Home, source: str = "desk") -> list[Path]:
    """Return the files that lie in landing/ under a name of their own, in the order of receipt."""
    found = [path for path in (home.landing / source).glob("*/*") if not path.name.startswith(".")]
    return sorted(found, key=lambda path: (path.parent.name, natural(path.name)))


def lines(path: Path) -> list[str]:
    """Return the lines of a landed file."""
    with path.open("rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file).read().decode().splitlines()


def records(home: Home, stream: str = "", source: str = "desk") -> list[dict[str, Any]]:
    """Return the records of a source's files, or of those of one stream."""
    files = [path for path in landed(home, source) if path.name.startswith(f"{stream}." if stream else "")]
    return [json.loads(line) for path in files for line in lines(path)]


def everything_written(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder with its bytes, those that are packed unpacked too."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        yield str(path), str(path).encode() + path.read_bytes()
        if path.suffix == ".zst":
            yield str(path), "\n".join(lines(path)).encode()
