"""Signs of life: says from time to time what is being done and for how long, so that no long step looks like a hang.

It needs the standard library only, because `make setup` runs it before anything is installed, around another command:
`python orchestration/home/alive.py "installing the Node packages" -- npm ci`.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

LOG_SECONDS = 15.0
"""A log, or a terminal that scrolls, has a line at least that often."""


class Alive:
    """While the block runs, tells the last step with its elapsed time whenever `every` seconds brought nothing new."""

    def __init__(self, tell: Callable[[str], None], every: float = LOG_SECONDS) -> None:
        self._tell = tell
        self._every = every
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="signs of life", daemon=True)
        self._text = ""
        self._step = ""
        self._began = self._told = time.monotonic()

    def doing(self, step: str, text: str, *, is_told: bool) -> None:
        """Note what is being done now; `is_told` if the reader has just been shown it."""
        with self._lock:
            now = time.monotonic()
            if step != self._step:
                self._step, self._began = step, now
            self._text = text
            if is_told:
                self._told = now

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(min(self._every / 5, 1.0)):
            with self._lock:
                now = time.monotonic()
                is_due = bool(self._text) and now - self._told >= self._every
                line = f"{self._text} ({elapsed(now - self._began)})"
                if is_due:
                    self._told = now
            if is_due:
                self._tell(line)


def elapsed(seconds: float) -> str:
    """Return a length of time as people write it: 45 s, 2 min 05 s."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def main(arguments: list[str]) -> int:
    """Run the command after `--` with signs of life under the name before it; return its exit code."""
    name, separator, *command = arguments
    if separator != "--" or not command:
        raise SystemExit("usage: alive.py NAME -- COMMAND...")
    print(name, file=sys.stderr, flush=True)
    with Alive(lambda line: print(line, file=sys.stderr, flush=True)) as alive:
        alive.doing(name, name, is_told=True)
        return subprocess.run(command, check=False).returncode  # noqa: S603 - the Makefile's own commands


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
