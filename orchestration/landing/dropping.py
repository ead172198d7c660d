"""What a home keeps no more goes: landed files that were taken, findings, and rows of records.

The limits stand in history/retention/ and were published before anything goes, so that a run that is cut off here
goes on where it was, and files that somebody puts back go again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from orchestration.home.durable import remove
from orchestration.home.ledger import LedgerRecord, Stored
from orchestration.home.paths import Home
from orchestration.home.retained import Retained
from orchestration.landing.found import landing_day, landing_file
from orchestration.landing.known import KnownFiles, Place
from orchestration.landing.own_files import leads_out
from orchestration.landing.seen import Stamp
from orchestration.readers.archived import files_at
from schemas import FEEDS

_DATE = "event_date="


def drop_what_went(home: Home, known: KnownFiles, limits: Retained) -> None:
    """Remove all that lies before the limits; the caller holds the home. Nothing that is not taken is touched."""
    limit = limits.gone_before
    if "landing" in limit:
        for path in old_files(home, known, limit["landing"]):
            remove(path)
            _remove_empty(path.parent, home.landing)
    for record in list(known):
        rest = record
        if "quarantine" in limit and has_old_findings(record, limit["quarantine"]):
            rest = replace(rest, findings=None)
        if "records" in limit and (old := old_parts(record, limit["records"])):
            rest = replace(rest, parts=tuple(part for part in record.parts if part not in old))
        if rest is not record:
            known.commit(rest)


def old_files(home: Home, known: KnownFiles, before: date) -> Iterator[Path]:
    """Yield the files of landing days before a date whose content, as it is now, has been taken."""
    for folder in sorted(home.landing.glob("*/*")):
        day = landing_day(folder)
        if day is None or day >= before or leads_out(folder, home.landing):
            continue
        for path in sorted(folder.iterdir()):
            if path.is_file() and not leads_out(path, home.landing) and _is_taken(folder.parent.name, day, path, known):
                yield path


def old_parts(record: LedgerRecord, before: date) -> set[Stored]:
    """Return the parts of a file with rows of contacts and states of UTC dates before a date."""
    return {part for part in record.parts if (day := _date_of(part)) is not None and day < before}


def has_old_findings(record: LedgerRecord, before: date) -> bool:
    """Tell whether there are findings about a file that landed before a date."""
    return record.findings is not None and record.landing_day < before


def _date_of(part: Stored) -> date | None:
    feed, folder, _ = part.name.split("/", 2)
    return date.fromisoformat(folder.removeprefix(_DATE)) if FEEDS[feed].goes_with_time else None


def _is_taken(source: str, day: date, path: Path, known: KnownFiles) -> bool:
    # An archive goes when each file in it was taken; one that is refused gave nothing, and stays for a person.
    return all(_is_as_taken(one, known, (source, day, landing_file(source, day, one).name)) for one in files_at(path))


def _is_as_taken(path: Path, known: KnownFiles, place: Place) -> bool:
    record = known.get(place)
    if record is None or record.state not in {"taken", "same_content"} or known.fault(record) is not None:
        return False
    stamp = Stamp.of(path.stat())
    return (stamp.byte_count, stamp.modified_ns) == (record.byte_count, record.modified_ns)


def _remove_empty(folder: Path, landing: Path) -> None:
    if folder != landing and not any(folder.iterdir()):
        folder.rmdir()
