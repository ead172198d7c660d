"""Taking files: read, check, write, and commit by one ledger record. No scheduler is known here.

What stands in raw/ is a function of what stands in landing/ and of the settings: a file whose bytes or settings changed
is taken again and its old parts go; the same bytes under another name add nothing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from orchestration.centre import Centre, Source
from orchestration.customer_key import load_customer_key
from orchestration.landing_door import Door
from orchestration.landing_file import FileTaking, file_fingerprint
from orchestration.landing_parts import EMPTY_PART
from orchestration.landing_parts import ensure_empty_parts as ensure_empty_raw_parts
from orchestration.landing_values import assert_validation_depth
from orchestration.ledger import (
    LedgerRecord,
    ensure_empty_record,
    ledger_path,
    read_ledger,
    read_record,
    write_atomically,
    write_record,
)
from orchestration.quarantine import ensure_empty_quarantine, quarantine_path
from orchestration.settings import Home
from orchestration.sources.base import LandingFile

__all__ = ["LandingFile", "LedgerRecord", "ensure_empty_parts", "find_new_files", "recover", "take_file"]

# A file that is still being copied grows; one that has been left alone this long counts as whole.
QUIET_SECONDS = 5.0
UNFINISHED_ENDINGS = (".part", ".tmp")
# Parts that belong to no file: feeds without rows, and the centre's settings.
PARTS_WITHOUT_FILE = {EMPTY_PART.name, "settings.parquet"}


def find_new_files(home: Home, centre: Centre) -> list[LandingFile]:
    """Return the files that are whole and not taken in their present form, by landing day, source and name.

    The later received wins where two files tell the same thing differently, so the order is the order of receipt.
    """
    found = []
    settled_before = time.time() - QUIET_SECONDS
    for source in centre.sources:
        door = _door(home, centre, source)
        for file in _landed_files(home, source, settled_before):
            record = read_record(ledger_path(home.ledger, file.source, file.day, file.name))
            if record is None or not _is_current(file, record, source, door):
                found.append(file)
    return sorted(found, key=lambda file: (file.day, file.source, file.name))


def take_file(home: Home, centre: Centre, source: Source | str, day: date, path: Path) -> LedgerRecord:
    """Take one file of landing/<source>/<day>/ and return its ledger record; one that is taken already stays as it is.

    Bad records go to quarantine, a file that can't be read at all gets a record of state `failed`; neither raises.
    """
    assert_validation_depth()
    if isinstance(source, str):
        source = centre.source(source)
    file = LandingFile(source.name, day, path.name, path)
    door = _door(home, centre, source)
    taking = FileTaking(home, centre, source, file, door, _content_hash(path))
    known = read_record(ledger_path(home.ledger, source.name, day, file.name))
    orphans: list[LedgerRecord] = []
    if known is not None:
        if (known.file_hash, known.adapter_fingerprint) == (taking.file_hash, taking.fingerprint):
            # Only touched: note the new time stamp, so that the next look is quick.
            write_record(home.ledger, taking.touched(known))
            return known
        orphans = _release(home, known)
    twin = _twin(home, taking)
    record = taking.same_as(twin) if twin is not None else taking.take()
    _commit(home, record)
    for orphan in orphans:
        _take_orphan(home, centre, source, orphan)
    return record


def _take_orphan(home: Home, centre: Centre, source: Source, orphan: LedgerRecord) -> None:
    ledger_path(home.ledger, source.name, orphan.landing_day, orphan.file_name).unlink()
    path = home.landing / source.name / orphan.landing_day.isoformat() / orphan.file_name
    if path.exists():
        take_file(home, centre, source, orphan.landing_day, path)


def recover(home: Home) -> int:
    """Remove parts that no ledger record names (a run was cut off while writing); returns how many."""
    if not home.raw.exists():
        return 0
    committed = {part for record in read_ledger(home.ledger) for part in record.parts}
    removed = 0
    for path in home.raw.glob("*/*/*.parquet"):
        if path.name not in PARTS_WITHOUT_FILE and str(path.relative_to(home.raw)) not in committed:
            path.unlink()
            removed += 1
    return removed


def ensure_empty_parts(home: Home) -> None:
    """Give dbt every feed, the ledger and the quarantine to read, even before any file came."""
    ensure_empty_raw_parts(home.raw)
    ensure_empty_record(home.ledger)
    ensure_empty_quarantine(home.quarantine)


def _landed_files(home: Home, source: Source, settled_before: float) -> Iterator[LandingFile]:
    folder = home.landing / source.name
    if not folder.is_dir():
        return
    for day_folder in sorted(folder.iterdir()):
        day = _landing_day(day_folder)
        if day is None:
            continue
        for path in sorted(day_folder.iterdir()):
            is_waiting = path.name.startswith(".") or path.name.lower().endswith(UNFINISHED_ENDINGS)
            if not is_waiting and path.is_file() and path.stat().st_mtime <= settled_before:
                yield LandingFile(source.name, day, path.name, path)


def _landing_day(folder: Path) -> date | None:
    try:
        day = date.fromisoformat(folder.name)
    except ValueError:
        return None
    return day if folder.is_dir() and folder.name == day.isoformat() else None


def _is_current(file: LandingFile, record: LedgerRecord, source: Source, door: Door) -> bool:
    """Tell whether a record speaks of the file as it stands; by size and time stamp, so that a look is quick."""
    stat = file.path.stat()
    if (stat.st_size, stat.st_mtime_ns) != (record.byte_count, record.modified_ns):
        return False
    return record.adapter_fingerprint == file_fingerprint(file, source, door)


def _door(home: Home, centre: Centre, source: Source) -> Door:
    return Door(
        zone=centre.source_zone(source),
        channel=source.channel,
        customer_id_pattern=source.customer_id_pattern,
        anonymous_values=frozenset(source.anonymous_values),
        test_callers=frozenset(centre.test_callers),
        key=load_customer_key(home.state, is_production=centre.profile == "production"),
    )


def _content_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _release(home: Home, known: LedgerRecord) -> list[LedgerRecord]:
    """Take back what a file gave before its bytes or settings changed; the record goes first, so that a cut is safe.

    Returns the files that count as taken only because this one was: they have to be taken themselves.
    """
    ledger_path(home.ledger, known.source_id, known.landing_day, known.file_name).unlink()
    for part in known.parts:
        (home.raw / part).unlink(missing_ok=True)
    quarantine_path(home.quarantine, known.source_id, known.landing_day, known.file_name).unlink(missing_ok=True)
    if known.state != "taken":
        return []
    return [
        record
        for record in read_ledger(home.ledger, known.source_id)
        if record.state == "same_content" and record.file_hash == known.file_hash
    ]


def _twin(home: Home, taking: FileTaking) -> LedgerRecord | None:
    """Return the record of another file of the source that gave the same bytes under the same settings."""
    pointer = _pointer(home, taking.file.source, taking.file_hash)
    if not pointer.exists():
        return None
    day, _, name = pointer.read_text(encoding="utf-8").partition("/")
    record = read_record(ledger_path(home.ledger, taking.file.source, date.fromisoformat(day), name))
    is_other = record is not None and (record.landing_day, record.file_name) != (taking.file.day, taking.file.name)
    if record is None or not is_other or record.state != "taken":
        return None
    same = (record.file_hash, record.adapter_fingerprint) == (taking.file_hash, taking.fingerprint)
    return record if same else None


def _pointer(home: Home, source: str, file_hash: str) -> Path:
    # A look at one small file per content, where searching the ledger would grow with its square.
    return home.state / "contents" / source / file_hash


def _commit(home: Home, record: LedgerRecord) -> None:
    write_record(home.ledger, record)
    if record.state == "taken":
        pointer = _pointer(home, record.source_id, record.file_hash)
        write_atomically(pointer, f"{record.landing_day}/{record.file_name}")
