"""Which few causes most records come from, counted one by one, and the table of the mart held against it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.oracle.book import Scope
from tests.oracle.causes import OTHER, Named, records_with_causes
from tests.oracle.compare_values import same
from tests.oracle.feeds import Centre
from tests.oracle.periods import Period, covered, periods
from tests.oracle.reading import read_landing

VITAL_SHARE = Fraction(4, 5)
ENOUGH = 30
COLUMNS = (
    "events", "total", "share", "cumulative_share", "position", "is_other", "is_vital_few", "is_tied",
    "is_other_too_large", "people", "is_enough",
)  # fmt: skip

Chart = tuple[str, Scope, Period]
Rows = dict[tuple[Chart, str], dict[str, object]]


class ParetoDifference(NamedTuple):
    """A row in which the two ways differ, and what each of them says; nothing where it has no such row."""

    key: tuple[Chart, str]
    oracle: dict[str, object]
    mart: dict[str, object]


def pareto_rows(centre: Centre) -> Rows:
    """Reckon every row of the table for a centre whose files were read."""
    charted = [
        one
        for one in periods(covered(centre), every_trailing=False)
        if one.kind in ("month", "quarter", "year", "trailing_28")
    ]
    by_chart = defaultdict[Chart, list[Named]](list)
    dates = covered(centre)
    for record in records_with_causes(centre):
        for period in charted if dates.first <= record.day <= dates.last else []:
            if period.start <= record.day < period.end:
                for scope in record.scopes:
                    by_chart[record.family, scope, period].append(record)
    return {(chart, cause): row for chart, records in by_chart.items() for cause, row in _chart(records)}


def _chart(records: list[Named]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the causes of one chart in their order; what is called other comes last and is never vital."""
    events, total = Counter(record.cause for record in records), len(records)
    people = defaultdict[str, set[str]](set)
    for record in records:
        people[record.cause].add(record.agent_id)
    named = sorted((cause for cause in events if not cause.startswith(OTHER)), key=lambda one: (-events[one], one))
    others = sorted((cause for cause in events if cause.startswith(OTHER)), key=lambda one: (-events[one], one))
    last, reached = 0, 0
    for cause in named:
        reached += events[cause]
        if reached >= VITAL_SHARE * total:
            last = events[cause]
            break
    together = 0
    for position, cause in enumerate([*named, *others], 1):
        together += events[cause]
        is_as_last = last > 0 and cause in named and events[cause] == last
        yield (
            cause,
            {
                "events": events[cause],
                "total": total,
                "share": events[cause] / total,
                "cumulative_share": together / total,
                "position": position,
                "is_other": cause in others,
                "is_vital_few": cause in named and events[cause] >= last,
                "is_tied": is_as_last and [events[one] for one in named].count(last) > 1,
                "is_other_too_large": not last,
                "people": len(people[cause] - {""}),
                "is_enough": total >= ENOUGH,
            },
        )


def pareto_of(warehouse: Path) -> Rows:
    """Read every row of the mart."""
    query = f"""
        select family, scope_kind, scope_id, period_kind, period_start, period_end, cause, {", ".join(COLUMNS)}
        from scorecard.fct_cause_pareto
    """  # noqa: S608 - own names
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    return {
        ((row[0], (row[1], row[2]), Period(*row[3:6])), row[6]): dict(zip(COLUMNS, row[7:], strict=True))
        for row in rows
    }


def pareto_differences(landing: Path, centre: Centre, warehouse: Path) -> Iterator[ParetoDifference]:
    """Yield every row in which the two differ, and every one that only one of them has."""
    mine, theirs = pareto_rows(read_landing(landing, centre)), pareto_of(warehouse)
    for key in sorted(mine.keys() | theirs.keys()):
        one, other = mine.get(key, {}), theirs.get(key, {})
        if not one or not other or any(not same(one[column], other[column]) for column in COLUMNS):
            yield ParetoDifference(key, one, other)
