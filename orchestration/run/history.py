"""What was published when, for the command line; and what a person decides of it: to restate, or to begin anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from orchestration.centre import load_centre
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home, SettingsError
from orchestration.landing.known import known_files
from orchestration.warehouse.history.orders import Order, add_orders
from orchestration.warehouse.history.retention import values_stay_before
from orchestration.warehouse.history.store import HistoryStore
from orchestration.warehouse.seeds import SEEDS, read_seed

AREAS = {
    "records": "files with rows of contacts and states of dates",
    "landing": "landed files of days",
    "quarantine": "files of findings about landing days",
}


class OrderError(SettingsError):
    """An order to restate that can't be obeyed."""


@dataclass(frozen=True)
class Ordered:
    """The KPIs that the next run makes anew, and the date before which periods begin that no run can make anew.

    None where all that was asked for can be made.
    """

    kpis: list[str]
    stays_before: date | None


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


def order_restatement(home: Home, kpis: Sequence[str], first: date, why: str) -> Ordered:
    """Have the next run make closed periods of KPIs anew that end on a date or later, as far as there are records.

    `all` stands for every KPI. Raises OrderError for a KPI that there is not, or without a reason.
    """
    known = [row["kpi_id"] for row in read_seed(SEEDS, "kpis")]
    chosen = known if "all" in kpis else list(dict.fromkeys(kpis))
    if unknown := [kpi for kpi in chosen if kpi not in known]:
        raise OrderError(f"--kpi {', '.join(unknown)}: no KPI of the catalogue. Remedy: take one of docs/catalogue.md.")
    if not why.strip():
        raise OrderError("--reason is empty. Remedy: say why; every restated value tells it.")
    at = datetime.now(UTC).replace(microsecond=0)
    centre = load_centre(home)
    with home_lock(home):
        days = centre.thresholds.fcr_window_days
        stays = values_stay_before(home, known_files(home), centre.keep.spans(), days)
        add_orders(home, [Order(kpi, first, why.strip(), at) for kpi in chosen])
    return Ordered(chosen, stays if stays and _has_earlier(first, stays) else None)


def _has_earlier(first: date, stays_before: date) -> bool:
    """Tell whether a period that ends on the first date or later begins before the other; a week may hold both."""
    monday = stays_before - timedelta(stays_before.weekday())
    return first < stays_before or (monday < stays_before and first < monday + timedelta(7))


def restated_last(home: Home) -> int:
    """Return how many values of closed periods the last publication changed."""
    store = HistoryStore(home)
    number = store.published()
    path = store.file("publication", number)
    return int(pl.read_parquet(path)["restated_count"][0]) if number and path.is_file() else 0


def kept_last(home: Home) -> list[str]:
    """Tell of which KPIs the last publication kept closed periods as they were, though other rules hold now."""
    store = HistoryStore(home)
    number = store.published()
    ordered = _kpis(store, "restate_order", number)
    known = {kpi for earlier in range(1, number) for kpi in _kpis(store, "target_set", earlier)}
    rules = {"targets": _kpis(store, "target_set", number) & known, "formula": _kpis(store, "kept_value", number)}
    return [_told(rule, sorted(kpis - ordered)) for rule, kpis in rules.items() if kpis - ordered]


def going_next(home: Home) -> list[str]:
    """Tell what the last publication was the last one to have: the next run removes it on purpose."""
    store = HistoryStore(home)
    rows = store.prepared("retention", store.published()) if store.published() else pl.DataFrame()
    return [
        f"{row['file_count']} {AREAS[row['area']]} before {row['gone_before']} ({row['byte_count'] / 1e6:,.1f} MB) go "
        "at the next run, by `keep` in centre.yaml; every value made of them stays (fct_retention)."
        for row in rows.iter_rows(named=True)
    ]


def _kpis(store: HistoryStore, table: str, number: int) -> set[str]:
    return set(store.prepared(table, number)["kpi_id"].to_list())


def _told(rule: str, kpis: list[str]) -> str:
    command = f"scorehouse restate {' '.join(f'--kpi {kpi}' for kpi in kpis)} --from DATE --reason WHY"
    return (
        f"Other {rule} than before: {', '.join(kpis)}. Periods that are closed keep what was published of them. "
        f"To have them made anew: {command}"
    )
