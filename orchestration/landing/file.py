"""One file through the door: batches of an adapter, checked, written as parts, counted in source records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import polars as pl

from orchestration.centre import Source
from orchestration.door.door import Door, checked_rows
from orchestration.home.ledger import LedgerRecord, State, Stored
from orchestration.home.paths import Home
from orchestration.landing.ahead import read_ahead
from orchestration.landing.parts import Origin, PartWriter, stored
from orchestration.landing.quarantine import write_quarantine
from orchestration.landing.remarks import Told, same_content, told_of_file
from orchestration.landing.seen import FileChangedError, Seen, assert_unchanged
from orchestration.landing.told_twice import ToldTwice
from orchestration.readers.archived import is_archive, members_of
from orchestration.readers.border import file_border, refuse_flood
from orchestration.readers.columns_seen import merged
from orchestration.readers.findings import FileProblem, LandingFile, Reject, reject_frame
from orchestration.sources.adapter import Batch
from orchestration.sources.registry import ADAPTERS
from schemas import FEEDS
from schemas.contract import Feed, contract_columns


def file_fingerprint(file: LandingFile, source: Source, door: Door) -> str:
    """Return text that changes whenever the same bytes would give other rows."""
    try:
        by_adapter = ADAPTERS[source.kind].fingerprint(file, source)
    except FileProblem as problem:
        # A file that nothing fits stays failed until the settings say something else about it.
        by_adapter = f"{source.kind}:{problem.check}"
    return f"{by_adapter}:{door.fingerprint}"


@dataclass
class _Counts:
    """Source records of one file so far."""

    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    duplicate: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    columns: dict[str, set[str]] = field(default_factory=dict)
    file_columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckedBatch:
    """A batch with the typed rows of each feed and all that is wrong with its records."""

    batch: Batch
    typed: dict[str, pl.DataFrame]
    rejects: pl.DataFrame

    def bad_records(self) -> pl.DataFrame:
        """Return the numbers of the records that go to quarantine, each once."""
        return self.rejects.select(pl.col("record_number").drop_nulls().unique())


def checked_batch(batch: Batch, door: Door, day: date) -> CheckedBatch:
    """Return what comes of a batch at the door."""
    typed, failures = {}, [batch.rejects]
    for name, frame in batch.feeds.items():
        rows = checked_rows(FEEDS[name], frame, door, day)
        typed[name] = rows.frame
        failures.append(_beside(batch.rejects, rows.failures))
    return CheckedBatch(batch, typed, pl.concat(failures))


@dataclass
class FileTaking:
    """Takes one file whose bytes were looked at before."""

    home: Home
    source: Source
    file: LandingFile
    door: Door
    seen: Seen
    _counts: _Counts = field(default_factory=_Counts)
    _rejects: list[pl.DataFrame] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Return what besides the bytes decides the rows."""
        return file_fingerprint(self.file, self.source, self.door)

    def take(self) -> LedgerRecord:
        """Read the file to its end, write parts and quarantine, and return the ledger record, which is not written.

        Raises FileChangedError if what was read is not what was looked at before; nothing is left of it then.
        """
        origin = Origin(self.file.source, self.file.day, self.file.name, self.seen.file_hash)
        writer = PartWriter(self.home.raw, origin)
        problem: FileProblem | None = None
        try:
            for checked in self._checked_batches():
                self._write(checked, writer)
        except FileProblem as found:
            problem = found
            self._rejects.append(reject_frame([found.as_reject()]))
        else:
            if self._counts.read == 0:
                self._rejects.append(reject_frame([NO_RECORDS]))
        if writer.drop_late_repeats():
            accepted = writer.record_numbers()
            self._counts.duplicate += self._counts.accepted - accepted
            self._counts.accepted = accepted
        rejects = pl.concat([reject_frame(), *self._rejects])
        try:
            assert_unchanged(self.file.path, self.seen)
        except FileChangedError:
            writer.discard()
            raise
        return self._record(writer, rejects, problem)

    def same_as(self, twin: LedgerRecord) -> LedgerRecord:
        """Return the record of a file whose bytes its source dropped before; nothing is read or written."""
        return self._blank("same_content", same_content(twin))

    def touched(self, known: LedgerRecord) -> LedgerRecord:
        """Return a known record with the file's present time stamp."""
        return replace(known, modified_ns=self.seen.stamp.modified_ns, changed_ns=self.seen.stamp.changed_ns)

    def _checked_batches(self) -> Iterator[CheckedBatch]:
        # Writing is outside the border: a full disk is no fault of the file.
        with file_border():
            if self.seen.error is not None:
                raise self.seen.error
            if is_archive(self.file.path):
                # Its files land by themselves, unless it has to be refused.
                members_of(self.file.path)
            for batch in read_ahead(ADAPTERS[self.source.kind].read(self.file, self.source)):
                yield self._checked(batch)
                refuse_flood(self._counts.quarantined)

    def _checked(self, batch: Batch) -> CheckedBatch:
        self._counts.file_columns = merged(self._counts.file_columns, batch.columns)
        for name, frame in batch.feeds.items():
            self._counts.columns.setdefault(name, set()).update(self._columns(FEEDS[name], frame))
        return checked_batch(batch, self.door, self.file.day)

    def _write(self, checked: CheckedBatch, writer: PartWriter) -> None:
        batch, rejects = checked.batch, checked.rejects
        bad = checked.bad_records()
        sound, kept = [], []
        for name, frame in checked.typed.items():
            good = frame.join(bad, on="record_number", how="anti", maintain_order="left") if bad.height else frame
            sound.append(good["record_number"])
            kept.append(writer.write(FEEDS[name], good)["record_number"])
        accepted = pl.concat(kept).n_unique() if kept else 0
        self._counts.read += batch.records_read
        self._counts.quarantined += bad.height
        self._counts.accepted += accepted
        self._counts.duplicate += (pl.concat(sound).n_unique() if sound else 0) - accepted
        self._counts.ignored.update(batch.ignored)
        if rejects.height:
            self._rejects.append(rejects)

    def _columns(self, feed: Feed, frame: pl.DataFrame) -> list[str]:
        """Return the contract's columns that a file has; JSON Lines have one where any record says something by it."""
        found = [name for name in contract_columns(feed).values() if name in frame.columns]
        if ".json" not in self.file.name.lower():
            return found
        return [name for name in found if frame[name].null_count() < frame.height]

    def _record(self, writer: PartWriter, rejects: pl.DataFrame, problem: FileProblem | None) -> LedgerRecord:
        counts = self._counts
        state: State = "failed" if problem is not None and counts.read == 0 else "taken"
        return replace(
            self._blank(state, self._told(rejects, problem, writer.told_twice())),
            records_read=counts.read,
            records_accepted=counts.accepted,
            records_quarantined=counts.quarantined,
            records_duplicate=counts.duplicate,
            records_ignored=counts.ignored.total(),
            ignored_by_kind=dict(sorted(counts.ignored.items())),
            rows_by_feed=dict(sorted(writer.rows_by_feed.items())),
            columns_by_feed={name: sorted(columns) for name, columns in sorted(counts.columns.items())},
            file_columns=dict(sorted(counts.file_columns.items())),
            first_at=writer.first_at,
            last_at=writer.last_at,
            parts=writer.stored(),
            findings=self._findings(writer.origin, rejects),
        )

    def _told(self, rejects: pl.DataFrame, problem: FileProblem | None, twice: ToldTwice | None) -> Told:
        counts = self._counts
        return told_of_file(rejects, problem, counts.read, counts.quarantined, counts.duplicate, twice)

    def _findings(self, origin: Origin, rejects: pl.DataFrame) -> Stored | None:
        folder = self.home.quarantine
        name = write_quarantine(folder, origin.source, origin.day, origin.file_name, origin.taking, rejects)
        return stored(folder, name) if name is not None else None

    def _blank(self, state: State, told: Told) -> LedgerRecord:
        stamp = self.seen.stamp
        return LedgerRecord(
            source_id=self.file.source,
            landing_day=self.file.day,
            file_name=self.file.name,
            file_hash=self.seen.file_hash,
            byte_count=stamp.byte_count,
            taken_at=datetime.now(UTC),
            state=state,
            adapter_fingerprint=self.fingerprint,
            message=told.message,
            remarks=told.remarks,
            modified_ns=stamp.modified_ns,
            changed_ns=stamp.changed_ns,
        )


NO_RECORDS = Reject(None, None, None, "no_records", None)


def _beside(of_adapter: pl.DataFrame, of_door: pl.DataFrame) -> pl.DataFrame:
    """Leave out that a field is empty where the adapter told already why it could make nothing of the record."""
    is_told = pl.col("record_number").is_in(of_adapter["record_number"].implode())
    return of_door.filter(~(is_told.fill_null(value=False) & (pl.col("check_name") == "missing_value")))
