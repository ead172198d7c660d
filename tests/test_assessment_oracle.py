"""Assessments are reckoned a second time, apart from the SQL, on random small centres: every line and total agrees."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import duckdb
import pytest

from tests.oracle.assessed_people import Result
from tests.oracle.assessment import Assessor, Key
from tests.oracle.random_assessments import RandomAssessments
from tests.support.assessments import assessed, guard_sql

SEEDS = range(24)
pytestmark = pytest.mark.slow


def built(connection: duckdb.DuckDBPyConnection) -> dict[Key, dict[str, Any]]:
    """What the marts say of everybody and every month, decimals as fractions."""
    cursor = connection.execute("select * from fct_assessment")
    names = [column[0] for column in cursor.description or []]
    found = {
        (row["person_kind"], row["id"], row["month"]): row
        for row in (dict(zip(names, told, strict=True)) for told in cursor.fetchall())
    }
    for row in found.values():
        row["lines"] = {}
    for kind, who, month, what, kpi, record, points in connection.execute(
        "select person_kind, id, month, kind, kpi_id, record_id, points from fct_assessment_line"
    ).fetchall():
        if what != "unfit":
            found[kind, who, month]["lines"][what, kpi or record or ""] = Fraction(points)
    return found


def shaped(row: dict[str, Any]) -> Result:
    """A row of the mart as the oracle tells it."""
    total, unrounded = (None if row[name] is None else Fraction(row[name]) for name in ("total", "unrounded_total"))
    return Result(
        row["state"],
        row["reason"],
        row["policy_version"],
        total,
        row["is_excellent"],
        None if row["quota"] is None else Fraction(row["quota"]),
        row["counted_complaints"],
        row["lines"],
        unrounded,
    )


def wanted(result: Result) -> Result:
    """What of the oracle's result the mart tells."""
    result.is_appealed = False
    return result


@pytest.mark.parametrize("seed", SEEDS)
def test_every_result_agrees(seed: int) -> None:
    given = RandomAssessments(seed)
    with assessed(given.centre) as connection:
        assert connection.execute(guard_sql()).fetchall() == []
        found = {key: shaped(row) for key, row in built(connection).items()}
    expected = {key: wanted(result) for key, result in Assessor(given.centre, given.versions).results().items()}
    for result in (*found.values(), *expected.values()):
        if result.state == "incomplete_policy":
            result.reason = None
    assert found.keys() == expected.keys()
    assert {key: (one, expected[key]) for key, one in found.items() if one != expected[key]} == {}


def test_the_random_centres_have_all_that_is_to_agree() -> None:
    states: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for seed in SEEDS:
        given = RandomAssessments(seed)
        for result in Assessor(given.centre, given.versions).results().values():
            states[result.state] += 1
            lines.update(what for (what, _), points in result.lines.items() if points)
    assert set(states) == {"assessed", "provisional", "not_assessed", "incomplete_policy", "no_policy", "unfit"}
    assert set(lines) == {"component", "team", "reward", "complaint", "error", "fraud", "clip"}
