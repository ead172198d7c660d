"""Whose records a value of quality governance is made of: the people checked or complained of, not those at work.

Of each KPI whose denominator (or, where it has none, whose count) is a measure of such a fact, the people are the
owners of the records in it. They stand in `presence` under the measure's name, as a scope of its own, and what it
hides the centre hides in that KPI.
"""

from __future__ import annotations

import duckdb

from orchestration.warehouse.measures import read_measures
from orchestration.warehouse.record_facts import RECORD_FACTS

_BY_THOSE_AT_WORK = frozenset({"fct_rating"})
"""Facts of before: their values are told by people at work, as those of contacts are."""


def prepare_owners(connection: duckdb.DuckDBPyConnection) -> None:
    """Make, in `prepared`, `record_kpi` (KPI, measure), `record_owner` (measure, agent, day told, day of the team)."""
    days = {fact.table: fact.day for fact in RECORD_FACTS if fact.table not in _BY_THOSE_AT_WORK}
    facts = {measure.name: fact for measure in read_measures() for fact in measure.facts if fact in days}
    connection.execute(
        "create table prepared.main.record_kpi as "
        "select kpi_id, coalesce(denominator_measure, numerator_measure) as measure from published.scorecard.dim_kpi "
        "where coalesce(denominator_measure, numerator_measure) in (select unnest($measures))",
        {"measures": list(facts)},
    )
    connection.execute(
        "create table prepared.main.record_owner (measure varchar, agent_id varchar, told_date date, agent_date date)"
    )
    for (measure,) in connection.execute("select distinct measure from prepared.main.record_kpi").fetchall():
        fact = facts[measure]
        connection.execute(
            f"insert into prepared.main.record_owner select distinct '{measure}', agent_id, {days[fact]}, agent_date "  # noqa: S608 - own names
            f"from published.scorecard.{fact} where agent_id is not null and {measure} > 0"
        )
