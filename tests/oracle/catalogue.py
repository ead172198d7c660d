"""What the catalogue says of each KPI, and the bands: the shipped ones and the centre's own."""

import csv
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds" / "catalogue"


@dataclass(frozen=True)
class Kpi:
    """The columns of one catalogue row by which values are judged."""

    kpi_id: str
    kpi_group: str
    scopes: frozenset[str]
    direction: str
    pleasant_side: str
    alarm_lower: float | None
    alarm_upper: float | None
    reference_value: float | None
    interval_kind: str
    min_sample: int
    needs_participation: bool
    requires_topics: frozenset[str]
    judged_periods: frozenset[str]
    percentile_fact: str
    period_kinds: frozenset[str]
    requires_settings: frozenset[str]
    numerator_measure: str
    denominator_measure: str

    def is_told_by(self, period_kind: str) -> bool:
        """Tell whether the KPI has values of this kind of period."""
        return not self.period_kinds or period_kind in self.period_kinds


@dataclass(frozen=True)
class Target:
    """One band: of a scope (or of all, `default`) and a segment (or of all, empty), while it holds."""

    target_id: str
    kpi_id: str
    scope_kind: str
    scope_id: str
    segment: str
    lower_bound: float | None
    upper_bound: float | None
    upper_measure: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    is_own: bool = False

    def holds(self, day: date) -> bool:
        """Return whether the band holds on a date."""
        return self.valid_from <= day < self.valid_to


@cache
def kpis() -> dict[str, Kpi]:
    """Return every KPI of the catalogue by its id."""
    return {row["kpi_id"]: _kpi(row) for row in _rows("kpis")}


@cache
def _contact_measures() -> frozenset[str]:
    return frozenset(row["measure"] for row in _rows("measures") if row["counts_contacts"] == "true")


def counts_contacts(kpi: Kpi) -> bool:
    """Return whether a KPI is made of contacts, which a team and the centre count once whoever had them."""
    return bool({kpi.numerator_measure, kpi.denominator_measure} & _contact_measures())


@cache
def columns_needed() -> dict[str, list[frozenset[str]]]:
    """Return the columns that a KPI lives on, as feed.column: of each set one is enough."""
    needed: dict[str, list[frozenset[str]]] = {}
    for row in _rows("kpi_columns"):
        needed.setdefault(row["kpi_id"], []).append(frozenset(row["any_of"].split("|")))
    return needed


@cache
def shipped_targets() -> tuple[Target, ...]:
    """Return the bands that come with the product."""
    return tuple(
        Target(
            target_id=row["target_id"],
            kpi_id=row["kpi_id"],
            scope_kind=row["scope_kind"],
            scope_id=row["scope_id"],
            segment=row["segment"],
            lower_bound=number(row["lower_bound"]),
            upper_bound=number(row["upper_bound"]),
            upper_measure=row["upper_measure"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
        )
        for row in _rows("kpi_targets")
    )


def number(text: str) -> float | None:
    """Parse a number; an empty cell is none."""
    return float(text) if text else None


def _kpi(row: dict[str, str]) -> Kpi:
    cells: dict[str, object] = {field.name: row[field.name] for field in fields(Kpi)}
    for name in ("alarm_lower", "alarm_upper", "reference_value"):
        cells[name] = number(row[name])
    for name in ("scopes", "requires_topics", "judged_periods", "period_kinds", "requires_settings"):
        cells[name] = frozenset(filter(None, row[name].split("|")))
    cells["min_sample"] = int(row["min_sample"] or 0)
    cells["needs_participation"] = row["needs_participation"] == "true"
    return Kpi(**cells)  # type: ignore[arg-type]


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
