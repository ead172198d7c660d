"""A file tried: through its source's adapter and the door, as a run would take it, without a trace in the home."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic

import polars as pl

from orchestration.centre import Centre
from orchestration.door.customer_key import CustomerKey
from orchestration.door.door import Door, door_with
from orchestration.door.values import assert_validation_depth
from orchestration.landing.file import checked_batch
from orchestration.readers.archived import files_at
from orchestration.readers.border import file_border
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.sources.registry import ADAPTERS
from orchestration.sources.settings import Source
from orchestration.warehouse.seeds import SEEDS, read_seed
from schemas import TOPICS

MOST_RECORDS = 200_000
MOST_SECONDS = 10.0
"""After so many no more records are asked for: those of chats with their texts may have 60 KB each."""
ROWS_SHOWN = 10
_OF_THE_DOOR = ("record_number", "row_in_record", "record_version", "is_timeless")


@dataclass
class Tried:
    """What a run would make of a file, of its first records where it has more than so many.

    rows: feed -> number of rows. shown: feed -> its first rows, typed, customers hashed. records: read, and of them
    those that would be quarantined. reasons: check, field, remedy -> how many records, and the first lines.
    problem: why the file can't be read, or be read on.
    """

    name: str
    rows: Counter[str] = field(default_factory=Counter)
    shown: dict[str, pl.DataFrame] = field(default_factory=dict)
    records: int = 0
    quarantined: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    rejects: list[pl.DataFrame] = field(default_factory=list)
    is_whole: bool = False
    problem: FileProblem | None = None

    @property
    def reasons(self) -> pl.DataFrame:
        """Return a row per reason: check_name, feed, field, message, remedy, records, lines; frequent ones first."""
        found = pl.concat([reject_frame(), *self.rejects])
        by = ["check_name", "feed", "field"]
        grouped = found.group_by(by, maintain_order=True).agg(
            pl.col("message", "remedy").first(),
            pl.len().alias("records"),
            pl.col("line_number").drop_nulls().head(5).alias("lines"),
        )
        return grouped.sort("records", descending=True, maintain_order=True)


def try_file(centre: Centre, source: Source, path: Path) -> list[Tried]:
    """Return what a run would make of a file, of each file in an archive; nothing is written anywhere."""
    assert_validation_depth()
    # A key of this moment alone, since the home's own is made where there is none.
    door = door_with(centre, source, CustomerKey(secrets.token_bytes(32)))
    return [_tried(source, door, one) for one in files_at(path)]


def not_recorded(centre: Centre) -> list[str]:
    """Return the ids of the KPIs that no source of the centre, as its settings stand, records what they need for."""
    known = {topic for source in centre.sources for topic in source.recorded_topics()}
    # Of the other topics only the events that come tell, such as that a call was waited for.
    unknown = set(TOPICS) - known
    return [row["kpi_id"] for row in read_seed(SEEDS, "kpis") if unknown & set(row["requires_topics"].split("|"))]


def _tried(source: Source, door: Door, path: Path) -> Tried:
    name = path.name
    file = LandingFile(source.name, date.today(), name, path)  # noqa: DTZ011 - the folder that it would lie in
    tried, began = Tried(name), monotonic()
    try:
        with file_border():
            for _ in _batches(tried, source, door, file):
                if tried.records >= MOST_RECORDS or monotonic() - began >= MOST_SECONDS:
                    return tried
    except FileProblem as problem:
        tried.problem = problem
    tried.is_whole = True
    return tried


def _batches(tried: Tried, source: Source, door: Door, file: LandingFile) -> Iterator[None]:
    for batch in ADAPTERS[source.kind].read(file, source):
        checked = checked_batch(batch, door, file.day)
        bad = checked.bad_records()
        for name, frame in checked.typed.items():
            good = frame.join(bad, on="record_number", how="anti", maintain_order="left")
            tried.rows[name] += good.height
            before = tried.shown.get(name)
            few = good.head(ROWS_SHOWN).drop(*_OF_THE_DOOR, strict=False)
            tried.shown[name] = few if before is None else pl.concat([before, few], how="diagonal").head(ROWS_SHOWN)
        tried.records += batch.records_read
        tried.quarantined += bad.height
        tried.ignored.update(batch.ignored)
        tried.rejects.append(checked.rejects)
        yield
