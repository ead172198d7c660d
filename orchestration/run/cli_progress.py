"""What is being done and for how long, on a terminal or in a log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from orchestration.home.alive import LOG_SECONDS, Alive
from orchestration.home.progress import listening


@contextmanager
def progress_shown(err: Console) -> Iterator[None]:
    """Show what is being done and for how long: one line that changes on a terminal, lines in a log file."""
    with _on_terminal(err) if err.is_terminal else _in_log(err):
        yield


@contextmanager
def _on_terminal(err: Console) -> Iterator[None]:
    with err.status("starting") as line:
        show = Alive(lambda text: line.update(escape(text)), every=1.0)

        def change(text: str) -> None:
            line.update(escape(text))
            show.doing(_subject(text), text, is_told=True)

        with show, listening(change):
            yield


@contextmanager
def _in_log(err: Console, every: float = LOG_SECONDS) -> Iterator[None]:
    said: set[str] = set()
    show = Alive(lambda text: err.print(escape(text)), every)

    def once_per_subject(text: str) -> None:
        subject = _subject(text)
        if is_new := subject not in said:
            said.add(subject)
            err.print(escape(text))
        show.doing(subject, text, is_told=is_new)

    with show, listening(once_per_subject):
        yield


def _subject(text: str) -> str:
    return re.sub(r"[0-9]+", "", text.split(":")[0])
