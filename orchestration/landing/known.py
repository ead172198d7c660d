"""The ledger of a home in memory: found by place and by content, with what is wrong with each record.

It is read once per run; whoever takes files commits through it, so that it stays as the folder is.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

import polars as pl

from orchestration.door.ahead_of_landing import CHECK as AFTER_LANDING_DAY
from orchestration.home.durable import put_text, remove, sync
from orchestration.home.ledger import (
    EMPTY_RECORD,
    UNMEASURED,
    LedgerRecord,
    Stored,
    landed_path,
    ledger_path,
    read_record,
)
from orchestration.home.lock import Hold, hold_of
from orchestration.home.paths import Home
from orchestration.landing.own_files import is_own_file
from orchestration.landing.remarks import same_content

Place = tuple[str, date, str]
"""Source, landing day and shown name of a file."""


GONE = -2
"""The size of what was gone already when its record was first measured."""


def place_of(record: LedgerRecord) -> Place:
    """Return the place of the file that a record speaks of."""
    return record.source_id, record.landing_day, record.file_name


class KnownFiles:
    """Every record of the ledger; `broken` are the files in its folder that are none.

    `is_sound`: what they count was held against what is there, and mended.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._records: dict[Place, LedgerRecord] = {}
        self._paths: dict[Place, Path] = {}
        self._by_content: defaultdict[tuple[str, str], set[Place]] = defaultdict(set)
        self._folders = {"raw": home.raw, "quarantine": home.quarantine}
        self._whole: set[Stored] = set()
        self._lock = threading.RLock()
        self.broken: list[Path] = []
        self.is_sound = False
        for path in sorted(home.ledger.glob("*/*/*.json")):
            record = read_record(path)
            if record is not None and place_of(record) not in self._records:
                self._remember(record, path)
            elif path != home.ledger / EMPTY_RECORD:
                self.broken.append(path)

    def __iter__(self) -> Iterator[LedgerRecord]:
        """Yield the records in the order of receipt."""
        with self._lock:
            places = sorted(self._records, key=lambda place: (place[1], place[0], place[2]))
            yield from [self._records[place] for place in places]

    def get(self, place: Place) -> LedgerRecord | None:
        """Return the record of a file, None if there is none."""
        return self._records.get(place)

    def commit(self, record: LedgerRecord) -> None:
        """Put a record in place of the one before, which is when it counts; what only that one counted goes then."""
        place = place_of(record)
        path = self._paths.get(place) or ledger_path(self._home.ledger, *place)
        before = self._records.get(place)
        put_text(path, record.to_json())
        with self._lock:
            self._remember(record, path)
        old = _names(before) - _names(record) if before is not None else set()
        if old:
            sync(path.parent)
        for name in sorted(old):
            remove(self._home.root / name)

    def give_way(self, record: LedgerRecord, twin: LedgerRecord) -> None:
        """Let the rows of a file go since another one holds the same."""
        told = same_content(twin)
        self.commit(
            LedgerRecord(
                source_id=record.source_id,
                landing_day=record.landing_day,
                file_name=record.file_name,
                file_hash=record.file_hash,
                byte_count=record.byte_count,
                taken_at=record.taken_at,
                state="same_content",
                adapter_fingerprint=twin.adapter_fingerprint,
                message=told.message,
                remarks=told.remarks,
                modified_ns=record.modified_ns,
                changed_ns=record.changed_ns,
            )
        )

    def of_content(self, record: LedgerRecord) -> list[LedgerRecord]:
        """Return the records of other files of the source with the same bytes, in the order of receipt."""
        with self._lock:
            places = self._by_content[record.source_id, record.file_hash] - {place_of(record)}
            return [self._records[place] for place in sorted(places, key=lambda place: place[1:])]

    def twin(self, place: Place, file_hash: str, fingerprint: str) -> LedgerRecord | None:
        """Return the record of another file that gave the same bytes under the same settings, if it holds.

        The same bytes give more rows under a later day, if some of their records were later than the first one.
        """
        with self._lock:
            for other in sorted(self._by_content[place[0], file_hash] - {place}, key=lambda place: place[1:]):
                record = self._records[other]
                is_same = record.state == "taken" and record.adapter_fingerprint == fingerprint
                is_sound = is_same and self.fault(record) is None
                if is_sound and not (place[1] > record.landing_day and self._came_too_early(record)):
                    return record
        return None

    def fault(self, record: LedgerRecord) -> str | None:
        """Say what is wrong with what a record counts, by names and sizes; None if it holds."""
        if record.state == "incomplete":
            return record.message or "some of its rows are gone"
        if record.state == "same_content":
            is_held = any(other.state == "taken" for other in self.of_content(record))
            return None if is_held else "the file that gave the same rows has changed"
        wrong = [f"{area}/{stored.name}" for area, stored in counted(record) if not self.is_whole(area, stored)]
        return f"{', '.join(wrong[:3])} is missing or was changed" if wrong else None

    def is_whole(self, area: str, stored: Stored) -> bool:
        """Tell whether a file that a record counts is there as it was written, in `raw` or `quarantine`."""
        # What was found whole stays so while the home is held, but for what a commit removes by itself.
        if stored not in self._whole and is_whole(self._folders[area], stored):
            self._whole.add(stored)
        return stored in self._whole

    def forget(self, place: Place) -> Path:
        """Leave a record out and return where it stands."""
        with self._lock:
            record = self._records.pop(place)
            self._by_content[record.source_id, record.file_hash].discard(place)
            return self._paths.pop(place)

    def forget_broken(self) -> list[Path]:
        """Return what in the ledger's folder is no record, once."""
        broken, self.broken = self.broken, []
        return broken

    def better_twin(self, record: LedgerRecord) -> LedgerRecord | None:
        """Return the record of another file that holds the same rows as this one, which is then one too many.

        That is the earlier one, unless its day was too early for some of its records. Of two that were taken under
        different rules, it is the one that landing/ still has: its rows would count beside what the earlier rules made
        of the same bytes.
        """
        if record.state not in {"taken", "incomplete"}:
            return None
        for other in self.of_content(record):
            if other.state != "taken" or self.fault(other) is not None:
                continue
            is_twin = other.adapter_fingerprint == record.adapter_fingerprint
            is_better = self._is_better(other, record) if is_twin else self._is_read_anew(other, record)
            if record.state == "incomplete" or is_better:
                return other
        return None

    def _is_read_anew(self, one: LedgerRecord, other: LedgerRecord) -> bool:
        """Tell whether other rules can be put to a file, and not to the other one: landing/ has that no more."""
        if not self._is_landed(one) or self._is_landed(other):
            return False
        return one.landing_day >= other.landing_day or not self._came_too_early(one)

    def _is_landed(self, record: LedgerRecord) -> bool:
        return is_own_file(landed_path(self._home.landing, record), self._home.landing)

    def _is_better(self, one: LedgerRecord, other: LedgerRecord) -> bool:
        if one.landing_day != other.landing_day:
            first, second = sorted((one, other), key=lambda record: record.landing_day)
            if self._came_too_early(first):
                return one is second
        return place_of(one)[1:] < place_of(other)[1:]

    def _came_too_early(self, record: LedgerRecord) -> bool:
        """Tell whether records of a file are in quarantine since they are later than its landing day."""
        if record.findings is None:
            return False
        checks = pl.read_parquet(self._home.quarantine / record.findings.name, columns=["check_name"])
        return bool((checks["check_name"] == AFTER_LANDING_DAY).any())

    def _remember(self, record: LedgerRecord, path: Path) -> None:
        place = place_of(record)
        before = self._records.get(place)
        if before is not None:
            self._by_content[before.source_id, before.file_hash].discard(place)
        self._records[place] = record
        self._paths[place] = path
        self._by_content[record.source_id, record.file_hash].add(place)


_of_holds: WeakKeyDictionary[Hold, KnownFiles] = WeakKeyDictionary()


def known_files(home: Home) -> KnownFiles:
    """Return the records of a home, read once while this process holds it: only its own commits change them then."""
    hold = hold_of(home)
    if hold is None:
        return KnownFiles(home)
    if hold not in _of_holds:
        _of_holds[hold] = KnownFiles(home)
    return _of_holds[hold]


def counted(record: LedgerRecord) -> Iterator[tuple[str, Stored]]:
    """Yield what a record counts, with the folder of the home in which it stands."""
    yield from (("raw", part) for part in record.parts)
    if record.findings is not None:
        yield "quarantine", record.findings


def _names(record: LedgerRecord) -> set[str]:
    return {f"{area}/{stored.name}" for area, stored in counted(record)}


def is_whole(folder: Path, stored: Stored) -> bool:
    """Tell whether a file that a record counts is there in its size; of old records only the name is known."""
    try:
        # Text and not Path: a home has tens of thousands of parts, and all are looked at in each run.
        size = os.stat(f"{folder}/{stored.name}").st_size  # noqa: PTH116
    except OSError:
        return False
    return stored.byte_count in {size, UNMEASURED}
