"""The records of every KPI of the sample centre add up to its numerator and denominator, in all kinds of scopes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home
from tests.support.site_records import records

KINDS = ("agent", "team", "team_channel", "queue", "channel", "centre")

WITHOUT_RECORDS = {"consultation_rate", "agent_replacement_cost"}
# Forecasts are nobody's, and what belongs to a team belongs to nobody in it.
WITHOUT_RECORDS |= {"forecast_error", "achievement_meeting_rate"}
WITHOUT_RECORDS |= {"staff_satisfaction", "staff_loyalty", "staff_survey_participation"}
"""Visitors of a site and prices of leavers are no records of a contact, a review or a working day."""

Records = list[dict[str, Any]]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def published(sample_home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_home.published_file), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def day(published: duckdb.DuckDBPyConnection) -> date:
    """The busiest day of the last weeks."""
    found = published.execute(
        "select period_start from scorecard.fct_kpi_value where scope_kind = 'centre' and period_kind = 'day'"
        " and kpi_id = 'contacts_handled' order by n desc, period_start limit 1"
    ).fetchall()
    return date.fromisoformat(str(found[0][0]))


def added_up(found: Records, method: str, numerator: str, denominator: str | None) -> tuple[Decimal, Decimal | None]:
    """Numerator and denominator of a KPI from its records."""
    if method == "distinct":
        contacts = defaultdict(set)
        for row in found:
            if row.get("customer"):
                contacts[row["customer"]].add(row["contact_key"])
        return Decimal(sum(len(keys) == 1 for keys in contacts.values())), Decimal(len(contacts))
    amounts = {
        measure: [Decimal(str(row.get(measure) or 0)) for row in found] or [Decimal(0)]
        for measure in (numerator, denominator)
        if measure
    }
    if method == "peak":
        return max(amounts[numerator]), None
    return sum(amounts[numerator], Decimal(0)), sum(amounts[denominator], Decimal(0)) if denominator else None


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_of_every_kpi_add_up(
    sample_home: Home, published: duckdb.DuckDBPyConnection, day: date, kind: str
) -> None:
    values = published.execute(
        """
        select value.scope_id, value.kpi_id, kpi.method, kpi.numerator_measure, kpi.denominator_measure,
            value.numerator, value.denominator
        from scorecard.fct_kpi_value as value
        inner join scorecard.dim_kpi as kpi on value.kpi_id = kpi.kpi_id
        where value.scope_kind = ? and value.period_kind = 'day' and value.period_start = ?
            and value.raw_numerator is not null and value.excluded_n = 0
        """,
        [kind, day],
    ).fetchall()
    found = {scope_id: records(sample_home, kind, scope_id, day) for scope_id in {row[0] for row in values}}
    wrong = []
    compared = 0
    for scope_id, kpi, method, numerator, denominator, *expected in values:
        if kpi in WITHOUT_RECORDS:
            continue
        compared += 1
        sums = added_up(found[scope_id], method, numerator, denominator)
        if any(
            abs(mine - theirs) > Decimal("0.001")
            for mine, theirs in zip(sums, expected, strict=True)
            if mine is not None and theirs is not None
        ):
            wrong.append((scope_id, kpi, sums, expected))
    assert compared > 30
    assert wrong == []
