"""Whether a landed file is at rest: one that is still being copied grows, and is left for a later run.

A file counts as whole when it has been left alone for QUIET_SECONDS by the clock of this machine. Where a file is dated
in the future, the time of its last change is looked at, which nobody can set; where that is in the future as well (the
disk of another machine, a clock that was set back), two looks that far apart have to find the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.paths import Home
from orchestration.landing.seen import Stamp

QUIET_SECONDS = 5.0


class Looks:
    """What was seen of files dated in the future, and when: a small JSON file in state/."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.state / "looks.json"
        self._seen = self._read()

    def why_waiting(self, path: Path) -> str | None:
        """Say why a file is not taken yet; None if it is at rest."""
        stamp, now = Stamp.of(path.stat()), time.time()
        modified, changed = stamp.modified_ns / 1e9, stamp.changed_ns / 1e9
        newest = modified if modified <= now else changed
        if newest <= now:
            quiet = now - newest
            return None if quiet >= QUIET_SECONDS else f"it changed {quiet:.0f} s ago"
        since = self._since(path, stamp)
        if since is not None and now - since >= QUIET_SECONDS:
            return None
        return "it is dated in the future; it is taken when two looks find the same of it"

    def remember(self) -> None:
        """Write down what is seen now of the files dated in the future, so that a later look can tell."""
        now = time.time()
        seen: dict[str, tuple[int, int, int, float]] = {}
        for path, stamp in self._of_the_future(now):
            seen[ascii(str(path))] = (
                stamp.byte_count,
                stamp.modified_ns,
                stamp.changed_ns,
                self._since(path, stamp) or now,
            )
        if seen != self._seen:
            write_kept(self._path, seen)
            self._seen = seen

    def seconds_until_quiet(self) -> float:
        """Return how long to wait until all files that were left alone by now count as whole, 0 if they do."""
        now = time.time()
        times = (stamp.modified_ns / 1e9 for _, stamp in _files(self._home))
        latest = max((changed for changed in times if changed <= now), default=0.0)
        looked = max((since for *_, since in self._seen.values()), default=0.0)
        return max(0.0, max(latest, looked) + QUIET_SECONDS - now)

    def _of_the_future(self, now: float) -> Iterator[tuple[Path, Stamp]]:
        for path, stamp in _files(self._home):
            if min(stamp.modified_ns, stamp.changed_ns) / 1e9 > now:
                yield path, stamp

    def _since(self, path: Path, stamp: Stamp) -> float | None:
        """Return when a file was first seen as it is, None if it was not or the clock went back since."""
        size, modified, changed, since = self._seen.get(ascii(str(path)), (-1, 0, 0, 0.0))
        is_same = Stamp(size, modified, changed) == stamp
        return since if is_same and since <= time.time() else None

    def _read(self) -> dict[str, tuple[int, int, int, float]]:
        try:
            content = read_kept(self._path) or {}
            return {str(path): (int(a), int(b), int(c), float(d)) for path, (a, b, c, d) in content.items()}
        except (OSError, ValueError, TypeError):
            # As if nothing had been looked at: it is looked at twice again.
            return {}


def _files(home: Home) -> Iterator[tuple[Path, Stamp]]:
    for path in home.landing.glob("*/*/*"):
        try:
            if path.is_file():
                yield path, Stamp.of(path.stat())
        except OSError:
            # It went away between the two, or may not be looked at; who takes it tells.
            continue
