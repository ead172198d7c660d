"""What is done before anything else on a home: the raw zone is made to hold what the ledger counts, and nothing else.

After a run that was cut off, what is left of it goes. After somebody or some disk removed or cut what was kept, the
record of the file tells (`KnownFiles.fault`): the file is taken again if landing/ still has it, and if not, what is
left of it stays and the record becomes `incomplete`, with a message. Nothing is deleted that may hold the only copy
of something: what can't be read is set aside in state/set_aside/.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from orchestration.home.durable import UNFINISHED, names_below, remove, set_aside
from orchestration.home.ledger import FORM, LedgerRecord, Stored, landed_path
from orchestration.home.names import true_name
from orchestration.home.paths import Home
from orchestration.landing.known import GONE, KnownFiles, Place, counted, place_of
from orchestration.landing.lost import incomplete, origin_of, record_of_rows
from orchestration.landing.own_files import is_own_file
from orchestration.landing.parts import EMPTY_PART, stored
from orchestration.landing.quarantine import EMPTY_FILE, old_name
from orchestration.readers.archived import files_at

PARTS_WITHOUT_FILE = {EMPTY_PART.name, "settings.parquet"}


@dataclass
class Recovered:
    """What was found and done; `lost` are the places of files whose rows are gone and that landing/ has no more."""

    removed: int = 0
    set_aside: list[str] = field(default_factory=list)
    lost: list[Place] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """Return sentences for whoever runs; what was lost is told with the file."""
        if not self.set_aside:
            return []
        first = self.set_aside[0]
        return [f"{len(self.set_aside)} damaged files were set aside in state/set_aside/, {first} the first."]


def recover(home: Home, known: KnownFiles | None = None) -> Recovered:
    """Make the raw zone and the quarantine hold what the ledger counts; the caller holds the home.

    Once is enough for the same `known`: what a run takes after that is whole or no part of the home, or ends the run.
    """
    done = Recovered()
    known = known or KnownFiles(home)
    if known.is_sound:
        return done
    for path in known.forget_broken():
        _set_aside(home, path, done)
    for name in names_below(home.ledger, UNFINISHED):
        remove(home.ledger / name)
    _adopt(home, known, done)
    _drop_archives(home, known)
    _drop_seconds(known)
    unclaimed = _sort_out(home, "raw", known, done)
    findings = _sort_out(home, "quarantine", known, done)
    _reclaim(home, known, unclaimed, findings, done)
    _tell_lost(home, known, done)
    _drop_records_of_earlier_versions(home)
    known.is_sound = True
    return done


def _drop_records_of_earlier_versions(home: Home) -> None:
    # Contents are found in the ledger; what steps were made of stands in state/made_of/.
    shutil.rmtree(home.state / "contents", ignore_errors=True)
    for name in ("build.json", "publication.json", "site_files.json"):
        (home.state / name).unlink(missing_ok=True)


def _adopt(home: Home, known: KnownFiles, done: Recovered) -> None:
    """Measure what records of an earlier version count; of two that name one part the other's file is taken again."""
    old = [record for record in known if record.form == 1]
    named: defaultdict[str, list[Place]] = defaultdict(list)
    for record in old:
        for part in record.parts:
            named[part.name].append(place_of(record))
    for name, places in named.items():
        owner = origin_of(home.raw / name) if len(places) > 1 else None
        for place in places if owner is not None else []:
            if place != owner and known.get(place) is not None:
                _set_aside(home, known.forget(place), done)
    for record in old:
        if known.get(place_of(record)) is not None:
            known.commit(_measured_record(home, record))


def _measured_record(home: Home, record: LedgerRecord) -> LedgerRecord:
    found = old_name(*place_of(record))
    has_findings = record.records_quarantined > 0 or (home.quarantine / found).exists()
    return replace(
        record,
        form=FORM,
        parts=tuple(_measured(home.raw, part.name) for part in record.parts),
        findings=_measured(home.quarantine, found) if has_findings else None,
    )


def _measured(folder: Path, name: str) -> Stored:
    """Return what stands under a name, or, of a file that is gone, what no file is like."""
    return stored(folder, name) if (folder / name).is_file() else Stored(name, GONE, "")


def _drop_archives(home: Home, known: KnownFiles) -> None:
    """Remove what was said of an archive that was refused, once its files can be taken."""
    for record in list(known):
        path = landed_path(home.landing, record)
        if record.state == "failed" and is_own_file(path, home.landing) and files_at(path) != [path]:
            remove(known.forget(place_of(record)))


def _drop_seconds(known: KnownFiles) -> None:
    """Let one file of the same bytes count, where a run was cut off between two or settings came back."""
    for record in list(known):
        twin = known.better_twin(record)
        if twin is not None:
            known.give_way(record, twin)


def _sort_out(home: Home, area: str, known: KnownFiles, done: Recovered) -> dict[Place, list[str]]:
    """Remove what a run left that was cut off, set aside what is not as it was written.

    Returns the names of what no record counts and no file of landing/ gives again, by the file that it came from.
    """
    folder = home.root / area
    claimed = {claim.name: claim for record in known for where, claim in counted(record) if where == area}
    unclaimed: defaultdict[Place, list[str]] = defaultdict(list)
    for name in names_below(folder, ".parquet"):
        if belongs_to_no_file(area, name) or (name in claimed and known.is_whole(area, claimed[name])):
            continue
        path = folder / name
        if name.endswith(UNFINISHED):
            remove(path)
        elif name in claimed or (origin := origin_of(path)) is None:
            _set_aside(home, path, done)
        elif known.get(origin) is not None or _is_landed(home, origin):
            remove(path)
            done.removed += 1
        else:
            unclaimed[origin].append(name)
    return unclaimed


def belongs_to_no_file(area: str, name: str) -> bool:
    """Tell whether something in raw/ or quarantine/ is there for dbt: feeds without rows, the centre's settings."""
    return name.rpartition("/")[2] in PARTS_WITHOUT_FILE if area == "raw" else name == EMPTY_FILE.as_posix()


def _is_landed(home: Home, place: Place) -> bool:
    source, day, name = place
    return is_own_file(home.landing / source / day.isoformat() / true_name(name), home.landing)


def _reclaim(
    home: Home,
    known: KnownFiles,
    parts: dict[Place, list[str]],
    findings: dict[Place, list[str]],
    done: Recovered,
) -> None:
    """Write a record for rows whose own is lost, so that they go on counting and it is told."""
    for place in sorted(parts.keys() | findings.keys()):
        of_file = [stored(home.raw, name) for name in parts.get(place, [])]
        about = [stored(home.quarantine, name) for name in findings.get(place, [])]
        known.commit(record_of_rows(home, place, of_file, about[-1] if about else None))
        done.lost.append(place)


def _tell_lost(home: Home, known: KnownFiles, done: Recovered) -> None:
    for record in list(known):
        fault = known.fault(record)
        if fault is None or record.state == "incomplete" or _is_landed(home, place_of(record)):
            continue
        known.commit(incomplete(home, record, fault))
        done.lost.append(place_of(record))


def _set_aside(home: Home, path: Path, done: Recovered) -> None:
    set_aside(home, path)
    done.set_aside.append(str(path.relative_to(home.root)))
