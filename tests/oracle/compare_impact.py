"""Hold the table of what makes a gap against the oracle's: every KPI, period, whole and part."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.oracle.compare_values import same
from tests.oracle.feeds import Centre
from tests.oracle.formulas import RECKONED
from tests.oracle.impact import Key, Part, impact_rows
from tests.oracle.periods import Period
from tests.oracle.values import Oracle

NUMBERS = ("numerator", "denominator", "n", "bound", "whole_value", "gap", "contribution", "leave_one_out")
COLUMNS = (*NUMBERS, "side", "is_small")


class ImpactDifference(NamedTuple):
    """A row in which the two ways differ, and what each of them says there; nothing where it has no such row."""

    key: Key
    oracle: dict[str, object]
    mart: dict[str, object]


def impact_of(warehouse: Path) -> dict[Key, dict[str, object]]:
    """Read every row of the mart whose KPI the oracle reckons."""
    as_numbers = ", ".join(f"{column}::double" for column in NUMBERS)
    query = f"""
        select kpi_id, whole_kind, whole_id, period_kind, period_start, period_end, split, part_kind, part_id,
            {as_numbers}, side, is_small
        from scorecard.fct_metric_impact
    """  # noqa: S608
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    return {
        (row[0], (row[1], row[2]), Period(*row[3:6]), Part(*row[6:9])): dict(zip(COLUMNS, row[9:], strict=True))
        for row in rows
        if row[0] in RECKONED
    }


def impact_differences(landing: Path, centre: Centre, warehouse: Path) -> Iterator[ImpactDifference]:
    """Yield every row in which the two differ, and every one that only one of them has."""
    mine, theirs = impact_rows(Oracle(landing, centre)), impact_of(warehouse)
    for key in sorted(mine.keys() | theirs.keys()):
        one, other = mine.get(key, {}), theirs.get(key, {})
        if not one or not other:
            yield ImpactDifference(key, one, other)
            continue
        columns = [column for column in COLUMNS if not same(one[column], other[column])]
        if columns:
            yield ImpactDifference(key, {c: one[c] for c in columns}, {c: other[c] for c in columns})
