"""What was published when, for the command line; and a person's decision to go on without a history that is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.warehouse.history.store import HistoryStore


@dataclass(frozen=True)
class Histories:
    """The publications, one row each as in fct_publication, and what is wrong with their files."""

    publications: pl.DataFrame
    faults: list[str]


def read_history(home: Home) -> Histories:
    """Read the history of a home to the last byte. Raises HistoryError where the chain of records is broken."""
    store = HistoryStore(home)
    records = store.records()[: store.published()]
    faults = [fault for record in records for fault in store.faults(record, deep=True)]
    there = [path for record in records if (path := store.file("publication", record.number)).is_file()]
    rows = pl.concat([pl.read_parquet(path) for path in there]) if there and not faults else pl.DataFrame()
    return Histories(rows, faults)


def begin_anew(home: Home, why: str) -> Path | None:
    """Go on without the history that is there; every file tells the reason from then on. Return where it lies."""
    with home_lock(home):
        return HistoryStore(home).begin_anew(why)


def restated_last(home: Home) -> int:
    """Return how many values of closed periods the last publication changed."""
    store = HistoryStore(home)
    number = store.published()
    path = store.file("publication", number)
    return int(pl.read_parquet(path)["restated_count"][0]) if number and path.is_file() else 0
