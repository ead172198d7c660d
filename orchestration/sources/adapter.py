"""What a source adapter is: the protocol, and the batches it yields.

An adapter is stateless per record: whatever needs two records (a call over several lines or files) is dbt's
work. It never validates values; the landing step does that with the schemas of `schemas/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import polars as pl

from orchestration.readers.findings import LandingFile, reject_frame
from orchestration.sources.settings import Source

Settings = TypeVar("Settings", bound=Source)


@dataclass(frozen=True)
class Batch:
    """What an adapter made of some consecutive records of a file, all rows of a record together.

    At most 1-2 million records, so that memory stays flat.
    feeds: feed name -> frame with RECORD_COLUMNS and any of the contract's columns as text (optional ones may be
        left out), and `record_version`, text of an instant or a whole number, where a source says which telling of a
        record is newest. A column that already has the feed's value type is taken as it is, without a format check.
    rejects: frame of REJECT_SCHEMA; a record named there is quarantined with all of its rows.
    ignored: kind -> number of records that belong to no feed on purpose.
    records_read: records in this batch, those rejected and ignored among them.
    columns: column of the file -> kind of what stands in it, as readers/columns_seen.py tells them.
    """

    feeds: dict[str, pl.DataFrame]
    records_read: int
    rejects: pl.DataFrame = field(default_factory=reject_frame)
    ignored: dict[str, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


class Adapter(Protocol[Settings]):
    """Reads the files of one kind of source; `settings` is what such a source says of itself in centre.yaml."""

    kind: str
    settings: type[Settings]

    def fingerprint(self, file: LandingFile, source: Settings) -> str:
        """Text that changes whenever the same bytes would give other rows (version, mapping, encoding, zone).

        A file whose ledger record has another fingerprint is taken again. Raises FileProblem if nothing fits.
        """
        ...

    def read(self, file: LandingFile, source: Settings) -> Iterator[Batch]:
        """Yield the file's records in order. Raises FileProblem when it can't go on."""
        ...
