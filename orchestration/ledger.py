"""The ledger: one JSON record per landed file, written last, which makes the file's parts count."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from orchestration.landing.names import place_stem, true_name

EMPTY_RECORD = Path("_") / "_" / "_empty.json"
State = Literal["taken", "same_content", "failed"]


@dataclass(frozen=True)
class LedgerRecord:
    """What became of one file, counted in source records.

    records_read = records_accepted + records_quarantined + records_duplicate + records_ignored. `same_content`: the
    source dropped the same bytes before, nothing was read again. `failed`: nothing of the file could be read.
    columns_by_feed: the contract's columns that the file has, whatever stands in them.
    first_at and last_at: earliest and latest main instant of the accepted rows.
    """

    source_id: str
    landing_day: date
    file_name: str
    file_hash: str
    byte_count: int
    taken_at: datetime
    state: State
    adapter_fingerprint: str
    records_read: int = 0
    records_accepted: int = 0
    records_quarantined: int = 0
    records_duplicate: int = 0
    records_ignored: int = 0
    ignored_by_kind: dict[str, int] = field(default_factory=dict)
    rows_by_feed: dict[str, int] = field(default_factory=dict)
    columns_by_feed: dict[str, list[str]] = field(default_factory=dict)
    first_at: datetime | None = None
    last_at: datetime | None = None
    message: str | None = None
    modified_ns: int = 0
    parts: tuple[str, ...] = ()

    @property
    def is_balanced(self) -> bool:
        """Tell whether every record read is accounted for."""
        accounted = self.records_accepted + self.records_quarantined + self.records_duplicate + self.records_ignored
        return self.records_read == accounted

    @property
    def place(self) -> str:
        """Return the file's place below landing/: <source>/<YYYY-MM-DD>/<file>."""
        return f"{self.source_id}/{self.landing_day}/{self.file_name}"

    def to_json(self) -> str:
        """Return the record as JSON; times are ISO 8601 in UTC."""
        return json.dumps(asdict(self), default=_iso, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> LedgerRecord:
        """Read a record back. Raises ValueError, KeyError or TypeError if it is none."""
        content: dict[str, Any] = json.loads(text)
        for name in ("taken_at", "first_at", "last_at"):
            if content[name] is not None:
                content[name] = datetime.fromisoformat(content[name])
        content["landing_day"] = date.fromisoformat(content["landing_day"])
        content["parts"] = tuple(content["parts"])
        return cls(**content)


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a ledger record")


def ledger_path(ledger: Path, source: str, day: date, file_name: str) -> Path:
    """Return where the record of a file stands."""
    return ledger / source / day.isoformat() / f"{place_stem(file_name)}.json"


def landed_path(landing: Path, record: LedgerRecord) -> Path:
    """Return where the file of a record lay when it was taken."""
    return landing / record.source_id / record.landing_day.isoformat() / true_name(record.file_name)


def read_record(path: Path) -> LedgerRecord | None:
    """Return the record, or None if there is none that can be read: the file is then taken again."""
    try:
        return LedgerRecord.from_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def read_ledger(ledger: Path, source: str = "*", day: str = "*") -> Iterator[LedgerRecord]:
    """Yield the records of one or all sources and landing days, in order of path."""
    for path in sorted(ledger.glob(f"{source}/{day}/*.json")):
        record = read_record(path)
        if record is not None:
            yield record


def write_record(ledger: Path, record: LedgerRecord) -> None:
    """Put a record in place: whole and on disk, or not at all."""
    write_atomically(ledger_path(ledger, record.source_id, record.landing_day, record.file_name), record.to_json())


def ensure_empty_record(ledger: Path) -> None:
    """Give dbt a ledger to read before any file came."""
    path = ledger / EMPTY_RECORD
    if not path.exists():
        write_atomically(path, "{}\n")


def write_atomically(path: Path, text: str) -> None:
    """Write a small text file so that a reader sees the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".{path.name}.tmp")
    with written.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
