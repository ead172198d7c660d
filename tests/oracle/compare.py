"""Hold the mart's values against the oracle's, KPI by KPI, scope by scope, by date and over the whole month."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.oracle.book import Scope, Sums
from tests.oracle.contact import build_contacts
from tests.oracle.customers import customer_values
from tests.oracle.feeds import Centre, instant, read_landing
from tests.oracle.formulas import FORMULAS, value_of
from tests.oracle.reckon import peak_values, reckon
from tests.oracle.times import nearest_rank, times_of

KPIS = Path(__file__).parents[2] / "dbt_project" / "seeds" / "catalogue" / "kpis.csv"
SCOPES = ("agent", "team", "queue", "channel", "centre")
MONTH = "month"
TEN_THOUSANDTHS = {"avg_response_time_by_contact"}
"""KPIs whose numerator the oracle keeps in ten-thousandths, as whole numbers."""

Pair = tuple[float, float | None]


class Cell(NamedTuple):
    """Where a value stands: a date, or the month in which all dates of a random centre lie."""

    kpi_id: str
    scope: Scope
    period: date | str


@dataclass(frozen=True)
class Disagreement:
    """One cell in which the two ways differ."""

    cell: Cell
    kind: str
    oracle: Pair
    mart: Pair


MartValues = dict[Cell, dict[str, Pair]]


def mart_values(warehouse: Path) -> MartValues:
    """Read numerator and denominator of every daily and monthly value, raw and adjusted."""
    query = """
        select
            kpi_id, scope_kind, scope_id, period_kind, period_start, raw_numerator::double, raw_denominator::double,
            numerator::double, denominator::double
        from scorecard.fct_kpi_value
        where period_kind in ('day', 'month')
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    return {
        Cell(kpi_id, (kind, scope_id), MONTH if period == MONTH else start): {
            "raw": (raw or 0, below_raw),
            "adjusted": (above or 0, below),
        }
        for kpi_id, kind, scope_id, period, start, raw, below_raw, above, below in rows
    }


def catalogue() -> dict[str, dict[str, str]]:
    """Return the catalogue's rows: the scopes and the group of each KPI."""
    with KPIS.open(encoding="utf-8", newline="") as file:
        return {row["kpi_id"]: row for row in csv.DictReader(file)}


def hit_by_incidents(centre: Centre) -> dict[str, frozenset[tuple[str, str]]]:
    """Return the contacts that approved incidents take out, by KPI group: those that ran while one lasted."""
    hit: dict[str, set[tuple[str, str]]] = {}
    for incident in centre.rows("platform_incidents"):
        if not incident["approved_at"] or incident["revoked_at"]:
            continue
        start, end = instant(incident["started_at"]), instant(incident["ended_at"])
        for contact in build_contacts(centre):
            if (
                contact.started < end
                and (contact.ended or contact.started) >= start
                and incident["channel"] in ("", contact.row["channel"])
            ):
                for group in incident["kpi_groups"].split("|"):
                    hit.setdefault(group, set()).add(contact.key)
    return {group: frozenset(keys) for group, keys in hit.items()}


def with_month(sums: Sums) -> dict[tuple[Scope, date | str], Counter[str]]:
    """Return the sums by date, and added up over all dates as the month's."""
    whole: dict[tuple[Scope, date | str], Counter[str]] = dict(sums)
    for (scope, _), amounts in sums.items():
        whole.setdefault((scope, MONTH), Counter()).update(amounts)
    return whole


def disagreements(landing: Path, centre: Centre, warehouse: Path) -> Iterator[Disagreement]:
    """Yield every cell in which the mart's sums are not the oracle's."""
    _read(landing, centre)
    mart, kpis, hit = mart_values(warehouse), catalogue(), hit_by_incidents(centre)
    raw = with_month(reckon(landing, centre))
    adjusted = {group: with_month(reckon(landing, centre, skipped)) for group, skipped in hit.items()}
    for kpi_id in FORMULAS:
        kpi = kpis[kpi_id]
        scopes = [kind for kind in SCOPES if kind in kpi["scopes"].split("|")]
        for kind, sums in (("raw", raw), ("adjusted", adjusted.get(kpi["kpi_group"], raw))):
            cells = {Cell(kpi_id, scope, period) for scope, period in sums if scope[0] in scopes}
            cells |= {cell for cell in mart if cell.kpi_id == kpi_id and cell.scope[0] in scopes}
            mine = {cell: value_of(kpi_id, sums.get((cell.scope, cell.period), Counter())) for cell in cells}
            scale = 10_000 if kpi_id in TEN_THOUSANDTHS else 1
            pairs = {cell: (above / scale, below) for cell, (above, below) in mine.items()}
            yield from _differing(pairs, mart, kind)
    peaks = {Cell("max_concurrent_contacts", *key): (peak, None) for key, peak in peak_values(centre).items()}
    yield from _differing(peaks, mart, "raw")
    customers = {
        Cell("single_contact_customer_share", scope, MONTH): pair for scope, pair in customer_values(centre).items()
    }
    yield from _differing(customers, mart, "raw")


def percentile_disagreements(landing: Path, centre: Centre, warehouse: Path) -> Iterator[Disagreement]:
    """Yield every p50 and p90 of the month, of the centre and of agents, that is not the nearest rank of its times."""
    _read(landing, centre)
    kpis, hit = catalogue(), hit_by_incidents(centre)
    query = """
        select kpi_id, scope_kind, scope_id, p50::double, p90::double
        from scorecard.fct_kpi_value
        where period_kind = 'month' and p50 is not null
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        mart = {(row[0], (row[1], row[2])): (row[3], row[4]) for row in connection.execute(query).fetchall()}
    by_group = {group: times_of(centre, skipped) for group, skipped in hit.items()}
    whole = times_of(centre)
    for kpi_id, scope in whole:
        times = by_group.get(kpis[kpi_id]["kpi_group"], whole).get((kpi_id, scope), [])
        mine = (nearest_rank(times, 50), nearest_rank(times, 90)) if times else None
        if mine != mart.get((kpi_id, scope)):
            theirs = mart.get((kpi_id, scope), (-1, None))
            yield Disagreement(Cell(kpi_id, scope, MONTH), "p50, p90", mine or (-1, None), theirs)


def _read(landing: Path, centre: Centre) -> None:
    """Read the landing files into the centre, once."""
    if not centre.feeds:
        read_landing(landing, centre)


def _differing(mine: dict[Cell, Pair], mart: MartValues, kind: str) -> Iterator[Disagreement]:
    for cell in sorted(mine, key=str):
        theirs = mart.get(cell, {}).get(kind, (0, None))
        if not agree(mine[cell], theirs):
            yield Disagreement(cell, kind, mine[cell], theirs)


def agree(mine: Pair, theirs: Pair) -> bool:
    """Two values agree if both sums do; without cases there is no value, whatever the numerator."""
    if mine[1] is None:
        return abs(mine[0] - theirs[0]) < 1e-6
    if not mine[1] and not theirs[1]:
        return True
    return abs(mine[0] - theirs[0]) < 1e-6 and abs(mine[1] - (theirs[1] or 0)) < 1e-6
