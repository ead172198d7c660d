"""The attack of a reader who subtracts: which values about few people follow from the values that a site shows.

He takes every value of wider scopes in a site's files, and knows what adds up: a period is its days, a day its
half-hours, the centre its channels and its queues, and a channel or a queue is the contacts that are in both.
Numerators, denominators and samples add up alike, so a value follows if its row is a combination of the rows of shown
values: that is looked for, as the rank of a linear system. His own people's work he knows and takes off; left are
those outside.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import duckdb

from tests.support.site_outside import Cell, people_of_half_hours, people_outside
from tests.support.site_told import Values, half_hours_in_rows, together, told_in_rows

Strand = tuple[str, str | None]
"""A channel and a queue: the contacts that are in both."""

Point = tuple[date, int]
"""A border between days, or, with a number, one between half-hours of a day."""

Place = tuple[Point, int]
"""A border and the number of a strand: all that there was in it up to then. Later ones are solved for first."""

Row = dict[Place, int]

_PRIME = 2**61 - 1


def following(
    connection: duckdb.DuckDBPyConnection, scope: str, scope_id: str, told: Values, first_half_hours: date
) -> list[tuple[str, Cell, int]]:
    """Return the KPI, the cell and its people where a value of one to four people outside follows from what is told.

    Half-hours are told from a day on.
    """
    outside = people_outside(connection, scope, scope_id)
    of_half_hours = people_of_half_hours(connection, scope, scope_id, first_half_hours)
    outside |= {cell: people for cell, (_, people) in of_half_hours.items()}
    centre = _Centre(connection, first_half_hours)
    # The only half-hour of a day is the day itself, which counts whoever worked on it.
    outside = {cell: people for cell, people in outside.items() if cell[3] not in centre.whole_days}
    schema = "published.scorecard"
    everything = together(
        told_in_rows(connection, f"{schema}.fct_kpi_value"),
        half_hours_in_rows(connection, f"{schema}.fct_kpi_half_hour", first_half_hours),
    )
    found: dict[Any, list[Cell]] = {}
    result = []
    for kpi, cells in everything.items():
        wanted = sorted(cell for cell in cells if 1 <= outside.get(cell, 0) <= 4)
        shown, strands = sorted(cell for cell in told.get(kpi, ()) if cell in cells), centre.strands_of(cells)
        problem = (tuple(wanted), tuple(shown), tuple(strands))
        if problem not in found:
            found[problem] = centre.solved(wanted, shown, strands)
        result += [(kpi, cell, outside[cell]) for cell in found[problem]]
    return result


class _Centre:
    """What adds up in a centre: its strands and its periods."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, first_half_hours: date) -> None:
        schema = "published.scorecard"
        strands = f"select distinct channel, queue_id from {schema}.fct_contact_leg where agent_id is not null"  # noqa: S608
        self.strands: list[Strand] = sorted(connection.execute(strands).fetchall(), key=str)
        periods = (
            "select distinct period_kind, period_start::varchar, period_start, period_end "  # noqa: S608
            f"from {schema}.fct_kpi_value"
        )
        rows = connection.execute(periods).fetchall()
        days = [(start, end) for kind, _, start, end in rows if kind == "day"]
        first, until = min(start for start, _ in days), max(end for _, end in days)
        self.first: Point = (first, 0)
        self.ends: dict[tuple[str, str], tuple[Point, Point]] = {
            (kind, name): ((max(start, first), 0), (min(end, until), 0)) for kind, name, start, end in rows
        }
        self.whole_days: set[str] = set()
        self._add_half_hours(connection, first_half_hours)

    def _add_half_hours(self, connection: duckdb.DuckDBPyConnection, first_day: date) -> None:
        rows = connection.execute(
            "select distinct local_date, strftime(half_hour_started_at, '%Y-%m-%dT%H:%M:%SZ') as started_at "
            "from published.scorecard.fct_kpi_half_hour where local_date >= $first_day order by all",
            {"first_day": first_day},
        ).fetchall()
        by_day: dict[date, list[str]] = defaultdict(list)
        for day, started_at in rows:
            by_day[day].append(started_at)
        for day, slots in by_day.items():
            points = [(day, number) for number in range(len(slots))] + [(day + timedelta(days=1), 0)]
            self.ends |= {("half_hour", slot): ends for slot, ends in zip(slots, pairwise(points), strict=True)}
            self.whole_days |= set(slots) if len(slots) == 1 else set()

    def strands_of(self, cells: set[Cell]) -> list[Strand]:
        """Return the strands that a KPI can have anything in: it is measured in their channel, and in their queue."""
        scopes = {(kind, of) for kind, of, *_ in cells}
        has = {kind for kind, _ in scopes}
        return [
            (channel, queue)
            for channel, queue in self.strands
            if ("channel" not in has or ("channel", channel) in scopes)
            and ("queue" not in has or queue is None or ("queue", queue) in scopes)
        ]

    def solved(self, wanted: list[Cell], shown: list[Cell], strands: list[Strand]) -> list[Cell]:
        """Return the wanted cells that are a combination of the shown ones."""
        system = _System()
        for cell in shown:
            system.add(self._row(cell, strands))
        return [cell for cell in wanted if not system.reduced(self._row(cell, strands))]

    def _row(self, cell: Cell, strands: list[Strand]) -> Row:
        """Return a cell as a sum over its strands: what there was up to its end less what there was up to its start."""
        kind, scope, *period = cell
        start, end = self.ends[period[0], period[1]]
        row = {}
        for number, (channel, queue) in enumerate(strands):
            if kind == "centre" or scope == (channel if kind == "channel" else queue):
                row[end, number] = 1
                if start != self.first:
                    row[start, number] = -1
        return row


class _System:
    """Rows of a linear system in echelon form, in the numbers modulo a prime."""

    def __init__(self) -> None:
        self._by_lead: dict[Place, Row] = {}

    def add(self, row: Row) -> None:
        """Add a row, unless it follows from the others."""
        left = self.reduced(row)
        if left:
            lead = max(left)
            inverse = pow(left[lead], -1, _PRIME)
            self._by_lead[lead] = {place: amount * inverse % _PRIME for place, amount in left.items()}

    def reduced(self, row: Row) -> Row:
        """Return what the rows leave of this one: nothing, if it follows from them."""
        left = dict(row)
        while left:
            lead = max(left)
            known = self._by_lead.get(lead)
            if known is None:
                return left
            factor = left[lead]
            for place, amount in known.items():
                rest = (left.get(place, 0) - factor * amount) % _PRIME
                if rest:
                    left[place] = rest
                else:
                    left.pop(place, None)
        return left
