"""Taking files: read, check, write, and commit by one ledger record. No scheduler is known here.

What stands in raw/ is a function of what stands in landing/ and of the settings: a file whose bytes or settings changed
is taken again and its old parts go; the same bytes under another name add nothing.

The protocol, per file and under the lock of the home; each line is a step of home/durable.py, and a run may be cut off
before any of them:

1. The file is read to its end for its hash, between two looks at size and times of the open handle.
2. Parts are written under names that nothing had before: temporary name, then rename. They don't count.
3. The file is looked at again. If it is not what it was, what was written goes, and it is taken when it is at rest.
   Else the findings are written, like the parts.
4. If another file of the same bytes is gone from landing/ and counts only by what the record before counts, it gets
   those rows under its own name, by a record of its own.
5. The ledger record is put in place of the one before. This is the commit: from here the new parts count, no others.
6. What the record before counted goes.
7. Files that counted as taken only because this one was (`same_content`) are taken by the same steps.

What is there proves: a record that the file was taken whole; a part or findings named by a record, in the size that it
says, that they count; any other part that a run was cut off in 2 to 4 or 6. recovery.py sees to the rest.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orchestration.centre import Centre, Source
from orchestration.door.door import door_of
from orchestration.door.values import assert_validation_depth
from orchestration.home.ledger import LedgerRecord, landed_path
from orchestration.home.notice_ledger import ensure_empty_ledger
from orchestration.home.paths import Home
from orchestration.landing.file import FileTaking
from orchestration.landing.found import (
    find_files,
    find_new_files,
    find_untaken,
    find_waiting_files,
    landing_file,
    misplaced,
)
from orchestration.landing.heirs import hand_over
from orchestration.landing.known import KnownFiles, Place, known_files
from orchestration.landing.own_files import is_own_file
from orchestration.landing.parts import ensure_empty_parts as ensure_empty_raw_parts
from orchestration.landing.quarantine import ensure_empty_quarantine
from orchestration.landing.recovery import Recovered, recover
from orchestration.landing.seen import FileChangedError, Seen, look
from orchestration.readers.archived import landed_at
from orchestration.readers.findings import LandingFile

__all__ = [
    "FileChangedError",
    "KnownFiles",
    "LandingFile",
    "LedgerRecord",
    "Recovered",
    "ensure_empty_parts",
    "find_files",
    "find_new_files",
    "find_untaken",
    "find_waiting_files",
    "known_files",
    "misplaced",
    "recover",
    "take_file",
]


def take_file(
    home: Home,
    centre: Centre,
    source: Source | str,
    day: date,
    path: Path,
    seen: Seen | None = None,
    *,
    anew: bool = False,
    known: KnownFiles | None = None,
) -> LedgerRecord:
    """Take one file of landing/<source>/<day>/ and return its ledger record.

    One that is taken already stays as it is, unless it is to be taken `anew`. Bad records go to quarantine, a file that
    can't be read at all gets a record of state `failed`; neither raises. A file that is being written raises
    FileChangedError and leaves everything as it was. `seen` and `known` are what was looked at already.
    """
    assert_validation_depth()
    if isinstance(source, str):
        source = centre.source(source)
    known = known or known_files(home)
    file = landing_file(source.name, day, path := landed_at(path))
    taking = FileTaking(home, source, file, door_of(home, centre, source), seen or look(path))
    place: Place = (file.source, file.day, file.name)
    before = known.get(place)
    if before is not None and not anew and _is_same(before, taking) and known.fault(before) is None:
        # Only touched: note the new time stamp, so that the next look is quick.
        known.commit(taking.touched(before))
        return before
    twin = known.twin(place, taking.seen.file_hash, taking.fingerprint)
    record = taking.same_as(twin) if twin is not None else taking.take()
    if before is not None:
        hand_over(home, known, before, record)
    known.commit(record)
    _take_heirs(home, centre, source, known, before)
    for other in known.of_content(record):
        if (holder := known.better_twin(other)) is not None:
            known.give_way(other, holder)
    return record


def ensure_empty_parts(home: Home) -> None:
    """Give dbt every feed, the ledgers and the quarantine to read, even before any file came."""
    ensure_empty_raw_parts(home.raw)
    ensure_empty_ledger(home.notice_ledger)
    ensure_empty_quarantine(home.quarantine)


def _is_same(before: LedgerRecord, taking: FileTaking) -> bool:
    return (before.file_hash, before.adapter_fingerprint) == (taking.seen.file_hash, taking.fingerprint)


def _take_heirs(home: Home, centre: Centre, source: Source, known: KnownFiles, before: LedgerRecord | None) -> None:
    """Take the files that count as taken only because this one was, before it changed."""
    if before is None or before.state != "taken":
        return
    for heir in known.of_content(before):
        path = landed_path(home.landing, heir)
        if heir.state == "same_content" and known.fault(heir) is not None and is_own_file(path, home.landing):
            try:
                take_file(home, centre, source, heir.landing_day, path, known=known)
            except FileChangedError:
                # Its record is at fault, so that the next run takes it.
                continue
