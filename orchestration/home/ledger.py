"""The ledger: one JSON record per landed file, the only truth about what of it counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from orchestration.home.names import place_stem, shown_name, true_name

EMPTY_RECORD = Path("_") / "_" / "_empty.json"
"""What earlier versions put into a ledger without files; it is no record and no fault."""
State = Literal["taken", "same_content", "failed", "incomplete"]

FORM = 2
"""Of the records that are written. Those of form 1 named their parts only, and their findings not at all."""

UNMEASURED = -1
"""The size of a part whose record names it only."""

_SEAL = ',\n "seal": "'


@dataclass(frozen=True)
class Stored:
    """A file that a record counts: its name below raw/ or quarantine/, its size and the SHA-256 of its bytes."""

    name: str
    byte_count: int
    digest: str


@dataclass(frozen=True)
class Remark:
    """One sentence of a record's message as its code, and what fills the code's words; a check's name is a code too."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LedgerRecord:
    """What became of one file, counted in source records.

    records_read = records_accepted + records_quarantined + records_duplicate + records_ignored. `same_content`: the
    source dropped the same bytes before, nothing was read again. `failed`: nothing of the file could be read.
    `incomplete`: some of what was taken is gone, and landing/ has the file no more.
    columns_by_feed: the contract's columns that the file has, whatever stands in them.
    file_columns: the file's own columns -> kind of what stands in each; none in records that were written before.
    first_at and last_at: earliest and latest main instant of the accepted rows.
    remarks: the sentences of `message`, in their order; none in records that were written before there were any.
    byte_count, modified_ns and changed_ns: the file's size and times when the bytes of file_hash were read.
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
    file_columns: dict[str, str] = field(default_factory=dict)
    first_at: datetime | None = None
    last_at: datetime | None = None
    message: str | None = None
    remarks: tuple[Remark, ...] = ()
    modified_ns: int = 0
    changed_ns: int = 0
    parts: tuple[Stored, ...] = ()
    findings: Stored | None = None
    form: int = FORM

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
        """Return the record as JSON under its own digest; times are ISO 8601 in UTC."""
        text = json.dumps(asdict(self), default=_iso, ensure_ascii=False, indent=1).removesuffix("\n}")
        return f'{text}{_SEAL}{_digest(text)}"\n}}'

    @classmethod
    def from_json(cls, text: str) -> LedgerRecord:
        """Read a record back. Raises ValueError, KeyError, TypeError or AttributeError if it is none."""
        content: dict[str, Any] = json.loads(text)
        content.setdefault("form", 1)
        if content["form"] > 1:
            body, _, seal = text.rpartition(_SEAL)
            if seal[:16] != _digest(body):
                raise ValueError("the record is not as it was written")
        else:
            content["file_name"] = shown_name(content["file_name"])
            content["parts"] = [{"name": name, "byte_count": UNMEASURED, "digest": ""} for name in content["parts"]]
        for name in ("taken_at", "first_at", "last_at"):
            if content[name] is not None:
                content[name] = datetime.fromisoformat(content[name])
        content["landing_day"] = date.fromisoformat(content["landing_day"])
        content["parts"] = tuple(Stored(**part) for part in content["parts"])
        content["findings"] = Stored(**content["findings"]) if content.get("findings") else None
        content["remarks"] = tuple(Remark(**remark) for remark in content.get("remarks", ()))
        return cls(**{name: value for name, value in content.items() if name in _FIELDS})


_FIELDS = frozenset(described.name for described in fields(LedgerRecord))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
        found = path.stat()
        return _read_once(path, found.st_size, found.st_mtime_ns, found.st_ino)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


@lru_cache(maxsize=2**16)
def _read_once(path: Path, _size: int, _modified_ns: int, _inode: int) -> LedgerRecord:
    """Read a record; a run asks for all of them three times, and each is put in place whole, as a file of its own."""
    return LedgerRecord.from_json(path.read_text(encoding="utf-8"))


def read_ledger(ledger: Path, source: str = "*", day: str = "*") -> Iterator[LedgerRecord]:
    """Yield the records of one or all sources and landing days, in order of path."""
    for path in sorted(ledger.glob(f"{source}/{day}/*.json")):
        record = read_record(path)
        if record is not None:
            yield record
