"""Which files of the landing folder are new, and which will never be taken where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from orchestration.centre import Centre, Source
from orchestration.door.door import Door, door_of
from orchestration.home.ledger import LedgerRecord
from orchestration.home.names import natural, shown_name
from orchestration.home.paths import Home
from orchestration.landing.file import file_fingerprint
from orchestration.landing.known import KnownFiles, known_files
from orchestration.landing.own_files import leads_out, why_never_taken
from orchestration.landing.rest import Looks
from orchestration.landing.seen import Stamp
from orchestration.readers.archived import ArchivedPath, files_at
from orchestration.readers.findings import LandingFile
from schemas.contract import MAX_DAYS_AHEAD

UNFINISHED_ENDINGS = (".part", ".tmp")
# The first year of the contract's instants. A folder 0206-01-05 is a slip of the pen, and 660,000 days for Dagster.
FIRST_YEAR = 1990


@dataclass(frozen=True)
class Untaken:
    """The files that are not taken in their present form, as one look at the landing folder found them.

    new: those at rest, by landing day, source and name: the later received wins where two files tell the same thing
        differently, so the order is the order of receipt.
    waiting: place -> why of those that a run would leave where they are, for they may still be growing.
    """

    new: list[LandingFile]
    waiting: dict[str, str]


def find_untaken(home: Home, centre: Centre, known: KnownFiles | None = None) -> Untaken:
    """Look through the landing folder once for all that is not taken."""
    found = _not_taken(home, centre, known)
    return Untaken(
        [file for file, why in found if why is None],
        {f"{file.source}/{file.day}/{file.name}": why for file, why in found if why},
    )


def find_new_files(home: Home, centre: Centre, known: KnownFiles | None = None) -> list[LandingFile]:
    """Return the files that the next run would take, in the order of receipt."""
    return find_untaken(home, centre, known).new


def find_waiting_files(home: Home, centre: Centre, known: KnownFiles | None = None) -> dict[str, str]:
    """Return place -> why of the files that the next run would leave where they are."""
    return find_untaken(home, centre, known).waiting


def find_files(home: Home, centre: Centre, first: date, last: date) -> list[LandingFile]:
    """Return every file at rest of the landing days from `first` to `last`, taken or not, in the order of receipt."""
    looks = Looks(home)
    landed = (file for source in centre.sources for file in _landed_files(home, source) if first <= file.day <= last)
    return sorted((file for file in landed if looks.why_waiting(file.path) is None), key=_receipt)


def _not_taken(home: Home, centre: Centre, known: KnownFiles | None) -> list[tuple[LandingFile, str | None]]:
    known = known or known_files(home)
    looks = Looks(home)
    found = []
    for source in centre.sources:
        door = door_of(home, centre, source)
        for file in _landed_files(home, source):
            try:
                record = known.get((file.source, file.day, file.name))
                is_current = record is not None and _is_current(file, record, source, door)
                if record is None or not is_current or known.fault(record) is not None:
                    found.append((file, looks.why_waiting(file.path)))
            except FileNotFoundError:
                # It went away since the folder was listed.
                continue
    return sorted(found, key=lambda item: _receipt(item[0]))


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
        days = f"from {FIRST_YEAR} to {MAX_DAYS_AHEAD} days ahead of this machine's clock"
        return [f"{place}: is no landing day {days}. Remedy: move it into a folder such as 2026-01-05."]
    if leads_out(day_folder, landing):
        return [f"{place}: is a link that leads out of the landing folder. {MOUNT_IT}"]
    reasons = [(path, why_never_taken(path, landing)) for path in _visible(day_folder)]
    return [f"{place}/{shown_name(path.name)}: {why}" for path, why in reasons if why is not None]


MOUNT_IT = "Remedy: mount that folder there, or copy its files."


def _receipt(file: LandingFile) -> tuple[date, str, str, str]:
    return file.day, file.source, natural(file.name), file.name


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _landed_files(home: Home, source: Source) -> Iterator[LandingFile]:
    folder = home.landing / source.name
    if not folder.is_dir() or leads_out(folder, home.landing):
        return
    for day_folder in sorted(folder.iterdir()):
        day = landing_day(day_folder)
        if day is None or leads_out(day_folder, home.landing):
            continue
        for path in sorted(path for path in day_folder.iterdir() if not leads_out(path, home.landing)):
            is_unfinished = path.name.startswith(".") or path.name.lower().endswith(UNFINISHED_ENDINGS)
            if not is_unfinished and path.is_file():
                yield from (landing_file(source.name, day, one) for one in files_at(path))


def landing_file(source: str, day: date, path: Path) -> LandingFile:
    """Return a file of the landing folder; its name is text, whatever bytes its path has."""
    name = path.landed_name if isinstance(path, ArchivedPath) else path.name
    return LandingFile(source, day, shown_name(name), path)


def landing_day(folder: Path) -> date | None:
    """Return the day that a folder such as 2026-01-05 stands for, None if it is no folder of a landing day.

    Nothing lands on a day to come: what it says of that day would be believed, and move the centre's now there.
    """
    try:
        day = date.fromisoformat(folder.name)
    except ValueError:
        return None
    last = datetime.now(UTC).date() + timedelta(days=MAX_DAYS_AHEAD)
    is_day = folder.name == day.isoformat() and date(FIRST_YEAR, 1, 1) <= day <= last
    return day if is_day and folder.is_dir() else None


def _is_current(file: LandingFile, record: LedgerRecord, source: Source, door: Door) -> bool:
    """Tell whether a record speaks of the file as it stands; by size and time stamps, so that a look is quick.

    The time of the last change is the system's own: a copy that keeps size and time of a file has another one.
    """
    stamp = Stamp.of(file.path.stat())
    if (stamp.byte_count, stamp.modified_ns) != (record.byte_count, record.modified_ns):
        return False
    if record.changed_ns not in {0, stamp.changed_ns}:
        return False
    return record.adapter_fingerprint == file_fingerprint(file, source, door)
