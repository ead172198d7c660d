"""Taking files: read, check, write, and commit by one ledger record. No scheduler is known here.

What stands in raw/ is a function of what stands in landing/ and of the settings: a file whose bytes or settings changed
is taken again and its old parts go; the same bytes under another name add nothing.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from orchestration.centre import Centre, Source
from orchestration.landing.door import door_of
from orchestration.landing.file import FileTaking
from orchestration.landing.found import QUIET_SECONDS, find_files, find_new_files, landing_file, misplaced
from orchestration.landing.parts import EMPTY_PART
from orchestration.landing.parts import ensure_empty_parts as ensure_empty_raw_parts
from orchestration.landing.values import assert_validation_depth
from orchestration.ledger import (
    LedgerRecord,
    ensure_empty_record,
    landed_path,
    ledger_path,
    read_ledger,
    read_record,
    write_atomically,
    write_record,
)
from orchestration.quarantine import ensure_empty_quarantine, quarantine_path
from orchestration.settings import Home
from orchestration.sources.base import LandingFile

__all__ = [
    "QUIET_SECONDS",
    "LandingFile",
    "LedgerRecord",
    "content_hash",
    "ensure_empty_parts",
    "find_files",
    "find_new_files",
    "is_known",
    "misplaced",
    "recover",
    "take_file",
]

# Parts that belong to no file: feeds without rows, and the centre's settings.
PARTS_WITHOUT_FILE = {EMPTY_PART.name, "settings.parquet"}


def take_file(
    home: Home,
    centre: Centre,
    source: Source | str,
    day: date,
    path: Path,
    file_hash: str | None = None,
    *,
    anew: bool = False,
) -> LedgerRecord:
    """Take one file of landing/<source>/<day>/ and return its ledger record.

    One that is taken already stays as it is, unless it is to be taken `anew`. Bad records go to quarantine, a file that
    can't be read at all gets a record of state `failed`; neither raises.
    `file_hash` is what content_hash gives for the file, if that is known already.
    """
    assert_validation_depth()
    if isinstance(source, str):
        source = centre.source(source)
    file = landing_file(source.name, day, path)
    door = door_of(home, centre, source)
    taking = FileTaking(home, centre, source, file, door, file_hash or content_hash(path))
    known = read_record(ledger_path(home.ledger, source.name, day, file.name))
    orphans: list[LedgerRecord] = []
    if known is not None:
        is_same = (known.file_hash, known.adapter_fingerprint) == (taking.file_hash, taking.fingerprint)
        if is_same and not anew:
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
    path = landed_path(home.landing, orphan)
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


def is_known(home: Home, file: LandingFile) -> bool:
    """Tell whether the ledger speaks of a file of this place and name, whatever its content was."""
    return ledger_path(home.ledger, file.source, file.day, file.name).exists()


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as they landed."""
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
