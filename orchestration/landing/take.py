"""Taking the new files of some landing days, several at a time, and adding up what came of them."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from orchestration.centre import Centre
from orchestration.home.ledger import LedgerRecord
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.landing.rest import Looks
from orchestration.landing.seen import Seen, look
from orchestration.landing.taking import (
    FileChangedError,
    KnownFiles,
    find_files,
    find_new_files,
    known_files,
    recover,
    take_file,
)
from orchestration.readers.findings import LandingFile

# Each file that is being taken holds a block of it several times over, so memory grows with their number.
MAX_FILES_AT_ONCE = 4


@dataclass
class TakenFiles:
    """What was taken: files by landing day, and of those that could not be read file -> message with the remedy.

    `incomplete` are the files of which something is gone since, as recovery found before.
    """

    by_day: Counter[date] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    incomplete: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> int:
        """Return how many files were taken."""
        return self.by_day.total()

    def add(self, record: LedgerRecord) -> None:
        """Count what came of one file."""
        self.by_day[record.landing_day] += 1
        if record.state == "failed":
            self.failed[record.place] = record.message or "not readable"


def take_days(home: Home, centre: Centre, first: date, last: date, *, anew: bool = False) -> TakenFiles:
    """Take the new files of the landing days from `first` to `last`, both included; `anew`: all their files once more.

    A file that can't be read is told in `failed` and does not hold up the others. What a file gave that no longer
    lies in landing/ stays.
    """
    taken = TakenFiles()
    with home_lock(home):
        known = known_files(home)
        recover(home, known)
        taken.incomplete = {record.place: record.message or "" for record in known if record.state == "incomplete"}
        Looks(home).remember()
        if anew:
            files = find_files(home, centre, first, last)
        else:
            files = [file for file in find_new_files(home, centre, known) if first <= file.day <= last]
        for record in take_files(home, centre, files, anew=anew, known=known):
            taken.add(record)
    return taken


@dataclass(frozen=True)
class _Running:
    """A file that is being taken; the same content of one source is never taken twice at the same time."""

    source: str
    file_hash: str
    record: Future[LedgerRecord | None]


def take_files(
    home: Home, centre: Centre, files: list[LandingFile], *, anew: bool = False, known: KnownFiles | None = None
) -> Iterator[LedgerRecord]:
    """Yield the ledger record of each file in order, with one file more under way than there are cores.

    What comes of a file does not depend on which others are under way: the first of several files with the same
    content is the one that is read, and a file that was taken before in another form is taken alone, since taking it
    back can touch others. A file that changes while it is read is left as it was, for a later run.
    """
    # One more, since a file waits for the disk at its beginning and end.
    at_once = min((os.cpu_count() or 1) + 1, MAX_FILES_AT_ONCE)
    ledger = known or KnownFiles(home)
    running: deque[_Running] = deque()
    with ThreadPoolExecutor(at_once, thread_name_prefix="take") as threads:
        for number, file in enumerate(files, start=1):
            seen = _looked_at(file)
            if seen is None:
                continue
            is_alone = ledger.get((file.source, file.day, file.name)) is not None
            while running and (is_alone or len(running) >= 2 * at_once or _is_under_way(running, file, seen)):
                yield from _result(running)
            say(f"taking file {number} of {len(files)}: {file.source}/{file.day}/{file.name}")
            record = threads.submit(_take, home, centre, file, seen, ledger, anew)
            running.append(_Running(file.source, seen.file_hash, record))
            if is_alone:
                yield from _result(running)
        while running:
            yield from _result(running)


def _looked_at(file: LandingFile) -> Seen | None:
    try:
        return look(file.path)
    except FileChangedError:
        _say_left(file)
        return None


def _take(
    home: Home, centre: Centre, file: LandingFile, seen: Seen, known: KnownFiles, anew: bool
) -> LedgerRecord | None:
    try:
        return take_file(home, centre, file.source, file.day, file.path, seen, anew=anew, known=known)
    except FileChangedError:
        _say_left(file)
        return None


def _say_left(file: LandingFile) -> None:
    say(f"left for later, it changes while it is read: {file.source}/{file.day}/{file.name}")


def _result(running: deque[_Running]) -> Iterator[LedgerRecord]:
    record = running.popleft().record.result()
    if record is not None:
        yield record


def _is_under_way(running: deque[_Running], file: LandingFile, seen: Seen) -> bool:
    return any((other.source, other.file_hash) == (file.source, seen.file_hash) for other in running)
