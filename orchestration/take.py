"""Taking the new files of some landing days, one after the other, and adding up what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from orchestration.centre import Centre
from orchestration.home_lock import home_lock
from orchestration.landing import find_new_files, take_file
from orchestration.progress import say
from orchestration.settings import Home


@dataclass
class TakenFiles:
    """What taking some files came to, in source records; `failed` gives file -> message with the remedy."""

    files: int = 0
    records_read: int = 0
    records_accepted: int = 0
    records_quarantined: int = 0
    records_duplicate: int = 0
    records_ignored: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def take_new_files(home: Home, centre: Centre, first: date, last: date) -> TakenFiles:
    """Take every new file of the landing days from `first` to `last`, both included.

    A file that can't be read is told in `failed` and does not hold up the others.
    """
    taken = TakenFiles()
    with home_lock(home):
        files = [file for file in find_new_files(home, centre) if first <= file.day <= last]
        for number, file in enumerate(files, start=1):
            name = f"{file.source}/{file.day}/{file.name}"
            say(f"taking file {number} of {len(files)}: {name}")
            record = take_file(home, centre, file.source, file.day, file.path)
            taken.files += 1
            taken.records_read += record.records_read
            taken.records_accepted += record.records_accepted
            taken.records_quarantined += record.records_quarantined
            taken.records_duplicate += record.records_duplicate
            taken.records_ignored += record.records_ignored
            if record.state == "failed":
                taken.failed[name] = record.message or "not readable"
    return taken
