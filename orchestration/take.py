"""Taking the new files of some landing days, several at a time, and adding up what came of them."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from orchestration.centre import Centre
from orchestration.home_lock import home_lock
from orchestration.landing.taking import content_hash, find_files, find_new_files, is_known, take_file
from orchestration.ledger import LedgerRecord
from orchestration.progress import say
from orchestration.settings import Home
from orchestration.sources.base import LandingFile

# Each file that is being taken holds a block of it several times over, so memory grows with their number.
MAX_FILES_AT_ONCE = 4


@dataclass
class TakenFiles:
    """What was taken: files by landing day, and of those that could not be read file -> message with the remedy."""

    by_day: Counter[date] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)

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
        if anew:
            files = find_files(home, centre, first, last)
        else:
            files = [file for file in find_new_files(home, centre) if first <= file.day <= last]
        for record in take_files(home, centre, files, anew=anew):
            taken.add(record)
    return taken


@dataclass(frozen=True)
class _Running:
    """A file that is being taken; the same content of one source is never taken twice at the same time."""

    source: str
    file_hash: str
    record: Future[LedgerRecord]


def take_files(home: Home, centre: Centre, files: list[LandingFile], *, anew: bool = False) -> Iterator[LedgerRecord]:
    """Yield the ledger record of each file in order, with one file more under way than there are cores.

    What comes of a file does not depend on which others are under way: the first of several files with the same
    content is the one that is read, and a file that was taken before in another form is taken alone, since taking it
    back can touch others.
    """
    # One more, since a file waits for the disk at its beginning and end.
    at_once = min((os.cpu_count() or 1) + 1, MAX_FILES_AT_ONCE)
    running: deque[_Running] = deque()
    with ThreadPoolExecutor(at_once, thread_name_prefix="take") as threads:
        for number, file in enumerate(files, start=1):
            file_hash = content_hash(file.path)
            is_alone = is_known(home, file)
            while running and (is_alone or len(running) >= 2 * at_once or _is_under_way(running, file, file_hash)):
                yield running.popleft().record.result()
            say(f"taking file {number} of {len(files)}: {file.source}/{file.day}/{file.name}")
            record = threads.submit(take_file, home, centre, file.source, file.day, file.path, file_hash, anew=anew)
            running.append(_Running(file.source, file_hash, record))
            if is_alone:
                yield running.popleft().record.result()
        while running:
            yield running.popleft().record.result()


def _is_under_way(running: deque[_Running], file: LandingFile, file_hash: str) -> bool:
    return any((other.source, other.file_hash) == (file.source, file_hash) for other in running)
