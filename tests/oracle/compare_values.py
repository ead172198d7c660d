"""Hold whole rows of the mart against the oracle's: every KPI, scope and period, every column that judges."""

from collections.abc import Iterator
from math import isclose
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.oracle.book import Scope
from tests.oracle.catalogue import kpis
from tests.oracle.feeds import Centre
from tests.oracle.formulas import RECKONED, UNRECKONED
from tests.oracle.periods import Period, periods
from tests.oracle.values import Expected, Oracle

COLUMNS = (
    "numerator", "denominator", "raw_numerator", "raw_denominator", "n", "excluded_n", "value", "raw_value", "ci_lower",
    "ci_upper", "lower_bound", "upper_bound", "status", "verdict", "evidence", "reason", "is_provisional",
)  # fmt: skip
NUMBERS = COLUMNS[: COLUMNS.index("status")]


class Place(NamedTuple):
    """Where a value stands."""

    kpi_id: str
    scope: Scope
    period: Period


class Difference(NamedTuple):
    """A row in which the two ways differ, and what each of them says there."""

    place: Place
    oracle: dict[str, object]
    mart: dict[str, object]


def mart_rows(warehouse: Path) -> dict[Place, Expected]:
    """Read every value row of the mart."""
    as_numbers = [f"{column}::double as {column}" for column in NUMBERS]
    query = f"""
        select kpi_id, scope_kind, scope_id, period_kind, period_start, period_end,
            {", ".join([*as_numbers, *COLUMNS[len(NUMBERS) :]])}
        from scorecard.fct_kpi_value
    """  # noqa: S608
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    return {
        Place(row[0], (row[1], row[2]), Period(*row[3:6])): dict(zip(COLUMNS, row[6:], strict=True)) for row in rows
    }


def value_differences(landing: Path, centre: Centre, warehouse: Path) -> Iterator[Difference]:
    """Yield every row of the mart that is not the oracle's or that it can't reckon, and every one that a side lacks."""
    oracle, mart = Oracle(landing, centre), mart_rows(warehouse)
    yield from _missing(oracle, set(mart))
    for place, theirs in mart.items():
        if place.kpi_id not in RECKONED | set(UNRECKONED):
            yield Difference(place, {"formula": "none"}, dict(theirs))
        elif place.kpi_id in RECKONED:
            mine = oracle.row(*place)
            columns = [column for column in COLUMNS if not same(mine[column], theirs[column])]
            if columns:
                yield Difference(place, {c: mine[c] for c in columns}, {c: theirs[c] for c in columns})


def _missing(oracle: Oracle, found: set[Place]) -> Iterator[Difference]:
    """Yield the places with contacts or work in them that the mart has no row for, and those too many."""
    of_centre = periods(oracle.dates, every_trailing=True)
    of_others = periods(oracle.dates, every_trailing=False)
    seen = [(scope, day) for (scope, day), amounts in oracle.whole.sums.items() if any(amounts.values())]
    expected = {
        (scope, period)
        for scope, day in seen
        for period in (of_centre if scope[0] == "centre" else of_others)
        if period.start <= day < period.end
    }
    for scope, period in expected:
        for kpi_id, kpi in kpis().items():
            if scope[0] in kpi.scopes and kpi.is_told_by(period.kind) and Place(kpi_id, scope, period) not in found:
                yield Difference(Place(kpi_id, scope, period), {"row": "expected"}, {})
    for place in found:
        if place.period not in (of_centre if place.scope[0] == "centre" else of_others):
            yield Difference(place, {}, {"row": "of no period"})
        if not kpis()[place.kpi_id].is_told_by(place.period.kind):
            yield Difference(place, {}, {"row": "of a kind of period that the KPI does not have"})


def same(mine: object, theirs: object) -> bool:
    """Whether two cells are the same, numbers up to the last bits of a division."""
    if isinstance(mine, bool) or not isinstance(mine, int | float) or not isinstance(theirs, int | float):
        return mine == theirs
    return isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9)
