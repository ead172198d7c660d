"""What was taken stays taken in a restored home: its landed files have the bytes that the ledger speaks of.

The system gives a copy a time of change of its own, by which the ledger would take it for another file. Where a record
spoke of the file as the backup found it, it speaks of the copy: each byte of that was held against the backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from orchestration.home.paths import Home
from orchestration.landing.found import landing_day, landing_file
from orchestration.landing.known import KnownFiles
from orchestration.landing.seen import Stamp
from orchestration.readers.archived import files_at
from orchestration.readers.findings import LandingFile
from orchestration.upkeep.manifest import Copied, Manifest

_PARTS_OF_A_LANDED_FILE = 4


def know_again(home: Home, manifest: Manifest) -> None:
    """Have the ledger know the landed files of a home that was just restored; the caller holds the home."""
    known = KnownFiles(home)
    for name, copied in manifest.files.items():
        for file in _landed(home, name):
            record = known.get((file.source, file.day, file.name))
            if record is None or record.changed_ns == 0:
                continue
            stamp = Stamp.of(file.path.stat())
            spoken_of = (record.byte_count, record.modified_ns, record.changed_ns)
            if spoken_of == _original(copied) == (stamp.byte_count, stamp.modified_ns, copied.changed_ns):
                known.commit(replace(record, changed_ns=stamp.changed_ns))


def _original(copied: Copied) -> tuple[int, int, int]:
    return copied.byte_count, copied.modified_ns, copied.changed_ns


def _landed(home: Home, name: str) -> Iterator[LandingFile]:
    """Yield what a file of the backup is in the landing folder: itself, or what is packed in it."""
    parts = PurePosixPath(name).parts
    if len(parts) != _PARTS_OF_A_LANDED_FILE or parts[0] != "landing":
        return
    path: Path = home.root / name
    day = landing_day(path.parent)
    if day is not None:
        yield from (landing_file(parts[1], day, one) for one in files_at(path))
