"""Which files of the landing folder are new, and which will never be taken where they lie."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from orchestration.centre import Centre, Source
from orchestration.landing.door import Door, door_of
from orchestration.landing.file import file_fingerprint
from orchestration.landing.names import shown_name
from orchestration.landing.own_files import leads_out, why_never_taken
from orchestration.ledger import LedgerRecord, ledger_path, read_record
from orchestration.settings import Home
from orchestration.sources.base import LandingFile

# A file that is still being copied grows; one that has been left alone this long counts as whole.
QUIET_SECONDS = 5.0
UNFINISHED_ENDINGS = (".part", ".tmp")
# The years of the contract's instants. A folder 0206-01-05 is a slip of the pen, and 660,000 days for the scheduler.
FIRST_YEAR, LAST_YEAR = 1990, 2099


def find_new_files(home: Home, centre: Centre) -> list[LandingFile]:
    """Return the files that are whole and not taken in their present form, by landing day, source and name.

    The later received wins where two files tell the same thing differently, so the order is the order of receipt.
    """
    found = []
    settled_before = time.time() - QUIET_SECONDS
    for source in centre.sources:
        door = door_of(home, centre, source)
        for file in _landed_files(home, source, settled_before):
            record = read_record(ledger_path(home.ledger, file.source, file.day, file.name))
            if record is None or not _is_current(file, record, source, door):
                found.append(file)
    return sorted(found, key=_receipt)


def find_files(home: Home, centre: Centre, first: date, last: date) -> list[LandingFile]:
    """Return every whole file of the landing days from `first` to `last`, taken or not, in the order of receipt."""
    settled_before = time.time() - QUIET_SECONDS
    landed = (file for source in centre.sources for file in _landed_files(home, source, settled_before))
    return sorted((file for file in landed if first <= file.day <= last), key=_receipt)


def misplaced(home: Home, centre: Centre) -> list[str]:
    """Say what in the landing folder no run will take where it lies, why, and what to do; hidden files apart."""
    if not home.landing.is_dir():
        return []
    names = {source.name for source in centre.sources}
    told = []
    for folder in _visible(home.landing):
        if folder.name not in names or not folder.is_dir():
            told.append(
                f"landing/{shown_name(folder.name)}: centre.yaml names no such source. Remedy: add it under `sources`."
            )
        elif leads_out(folder, home.landing):
            told.append(f"landing/{folder.name}: is a link that leads out of the landing folder. {MOUNT_IT}")
        else:
            told += [
                told_day for day_folder in _visible(folder) for told_day in _misplaced_of(day_folder, home.landing)
            ]
    return told


def _misplaced_of(day_folder: Path, landing: Path) -> list[str]:
    place = f"landing/{day_folder.parent.name}/{shown_name(day_folder.name)}"
    if landing_day(day_folder) is None:
        years = f"of the years {FIRST_YEAR} to {LAST_YEAR}"
        return [f"{place}: is no landing day {years}. Remedy: move it into a folder such as 2026-01-05."]
    if leads_out(day_folder, landing):
        return [f"{place}: is a link that leads out of the landing folder. {MOUNT_IT}"]
    reasons = [(path, why_never_taken(path, landing)) for path in _visible(day_folder)]
    return [f"{place}/{shown_name(path.name)}: {why}" for path, why in reasons if why is not None]


MOUNT_IT = "Remedy: mount that folder there, or copy its files."


def _receipt(file: LandingFile) -> tuple[date, str, str]:
    return file.day, file.source, file.name


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _landed_files(home: Home, source: Source, settled_before: float) -> Iterator[LandingFile]:
    folder = home.landing / source.name
    if not folder.is_dir() or leads_out(folder, home.landing):
        return
    for day_folder in sorted(folder.iterdir()):
        day = landing_day(day_folder)
        if day is None or leads_out(day_folder, home.landing):
            continue
        for path in sorted(path for path in day_folder.iterdir() if not leads_out(path, home.landing)):
            is_waiting = path.name.startswith(".") or path.name.lower().endswith(UNFINISHED_ENDINGS)
            if not is_waiting and path.is_file() and path.stat().st_mtime <= settled_before:
                yield landing_file(source.name, day, path)


def landing_file(source: str, day: date, path: Path) -> LandingFile:
    """Return a file of the landing folder; its name is text, whatever bytes its path has."""
    return LandingFile(source, day, shown_name(path.name), path)


def landing_day(folder: Path) -> date | None:
    """Return the day that a folder such as 2026-01-05 stands for, None if it is no folder of a landing day."""
    try:
        day = date.fromisoformat(folder.name)
    except ValueError:
        return None
    is_day = folder.name == day.isoformat() and FIRST_YEAR <= day.year <= LAST_YEAR
    return day if is_day and folder.is_dir() else None


def _is_current(file: LandingFile, record: LedgerRecord, source: Source, door: Door) -> bool:
    """Tell whether a record speaks of the file as it stands; by size and time stamp, so that a look is quick."""
    stat = file.path.stat()
    if (stat.st_size, stat.st_mtime_ns) != (record.byte_count, record.modified_ns):
        return False
    return record.adapter_fingerprint == file_fingerprint(file, source, door)
