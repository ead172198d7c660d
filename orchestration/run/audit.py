"""A look at everything that the door keeps: digests of parts and findings against the ledger, and the equation.

A run looks at names and sizes only. Nothing is changed here; whatever is found, a run or a person mends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.home.durable import names_below
from orchestration.home.ledger import UNMEASURED, LedgerRecord, Stored, landed_path
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.landing.known import KnownFiles, counted, place_of
from orchestration.landing.own_files import is_own_file
from orchestration.landing.parts import stored
from orchestration.landing.quarantine import old_name
from orchestration.landing.recovery import belongs_to_no_file

TAKEN_AGAIN = "The next run takes the file again."


@dataclass(frozen=True)
class Fault:
    """Something that is not as the ledger says: its place, what it is, how it is mended; `changed` is in the way."""

    place: str
    what: str
    way_back: str
    changed: tuple[Path, ...] = ()

    def __str__(self) -> str:
        """Return the sentence for people."""
        remedy = "Remedy: scorehouse doctor --mend. " if self.changed else ""
        return f"{self.place}: {self.what} {remedy}{self.way_back}"


@dataclass
class Audit:
    """What was looked at, and what of it is not as the ledger says."""

    files: int = 0
    bytes_read: int = 0
    faults: list[Fault] = field(default_factory=list)


def audit(home: Home) -> Audit:
    """Hold the home and read every part and every file of findings of it against its ledger."""
    with home_lock(home):
        return look_at_all(home)


def look_at_all(home: Home) -> Audit:
    """Do the same without holding the home: what a run does meanwhile may be told as a fault."""
    result = Audit()
    known = KnownFiles(home)
    for path in known.broken:
        place = path.relative_to(home.root).as_posix()
        result.faults.append(Fault(place, "is no ledger record.", TAKEN_AGAIN))
    claimed: set[str] = set()
    for record in known:
        say(f"looking at what {record.place} gave")
        result.files += 1
        result.faults += _faults(home, known, record, result)
        claimed.update(f"{area}/{claim.name}" for area, claim in counted(record))
        if record.form == 1:
            claimed.add(f"quarantine/{old_name(*place_of(record))}")
    for area in ("raw", "quarantine"):
        for name in names_below(home.root / area, ".parquet"):
            if f"{area}/{name}" not in claimed and not belongs_to_no_file(area, name):
                what = "no ledger record counts it."
                result.faults.append(Fault(f"{area}/{name}", what, "The next run removes it, or says whose it is."))
    return result


def _faults(home: Home, known: KnownFiles, record: LedgerRecord, result: Audit) -> Iterator[Fault]:
    if not record.is_balanced:
        what = "the records read are not accepted + quarantined + duplicate + ignored."
        yield Fault(record.place, what, "Nothing is published; report it, with the ledger record.")
    changed = [(area, claim) for area, claim in counted(record) if not _is_as_written(home, area, claim, result)]
    names = ", ".join(f"{area}/{claim.name}" for area, claim in changed)
    fault = f"{names} is not as it was written" if changed else known.fault(record)
    if fault is not None:
        is_landed = is_own_file(landed_path(home.landing, record), home.landing)
        way_back = TAKEN_AGAIN if is_landed else f"Copy the file to landing/{record.place} again, and run."
        there = (home.root / area / claim.name for area, claim in changed)
        yield Fault(record.place, f"{fault}.", way_back, tuple(path for path in there if path.exists()))


def _is_as_written(home: Home, area: str, claim: Stored, result: Audit) -> bool:
    try:
        found = stored(home.root / area, claim.name)
    except OSError:
        return False
    result.bytes_read += found.byte_count
    return found == claim or claim.byte_count == UNMEASURED
