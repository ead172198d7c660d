"""What a plan changed: EF-1 to EF-4, the rest of the centre, lateness and the time that it took."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.causes import check, plan
from tests.support.people_cases import add_chat, add_member, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

# Team -> reviews and wrong ones of January, and of February.
CASES = {
    "ef-1": (600, 30, 600, 12),
    "ef-2": (100, 6, 100, 3),
    "ef-3": (500, 10, 500, 22),
    "ef-4": (100, 6, 20, 0),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = RawHome(tmp_path_factory.mktemp("plan-effect"), as_of=at("2026-03-10 12:00"))
    home.source("desk")
    home.source("sheets")
    add_chat(home, "first", "ann", at("2026-01-02 09:00"), minutes=10)
    add_chat(home, "second", "ann", at("2026-02-03 09:00"), minutes=4)
    for team, (before, wrong_before, after, wrong_after) in CASES.items():
        add_member(home, f"agent-{team}", team, "2026-01-01")
        check(home, f"agent-{team}", "2026-01-15", before, wrong_before)
        check(home, f"agent-{team}", "2026-02-15", after, wrong_after)
        plan(home, team, "error_code", "KN-02", scope_kind="team", scope_id=team, target_value="0.03")
    # On the day after the plan's last one: in no window.
    check(home, "agent-ef-1", "2026-03-01", 40, 40)
    higher = {"kpi_id": "review_seen_rate", "scope_kind": "agent", "scope_id": "agent-ef-1"}
    plan(home, "person", "person", "agent-ef-1", kind="agent_improvement", **higher)
    plan(home, "mean", "kpi", "avg_contact_duration", target_value="300", state="done", closed_on="2026-03-05")
    plan(home, "dropped", "topic", "billing", state="dropped")
    spent = {"agent_id": "ann", "category": "error_work", "plan_id": "ef-1"}
    days = {"2026-02-04": 60, "2026-02-05": 30, "2026-03-20": 500}
    rows = [{"record_id": day, "worked_on": day, "minutes": minutes} | spent for day, minutes in days.items()]
    home.add("time_records", rows, source_id="sheets")
    home.build("fct_plan_effect")
    return home.folder


def told(folder: Path, name: str, columns: str) -> tuple[Any, ...]:
    """These columns of one plan, rounded to four decimals."""
    with open_warehouse(folder) as connection:
        rows = connection.execute(
            f"select {columns} from scorecard.fct_plan_effect where plan_id = ?",  # noqa: S608
            [f"desk/{name}"],
        ).fetchall()
    assert len(rows) == 1
    return tuple(round(cell, 4) if isinstance(cell, float) else cell for cell in rows[0])


EFFECT = "before_rate, after_rate, change, ci_lower, ci_upper, verdict"


def test_ef_1_a_rate_that_fell_beyond_chance_is_improved(folder: Path) -> None:
    assert told(folder, "ef-1", EFFECT) == (0.05, 0.02, 0.03, 0.0092, 0.0522, "improved")
    amounts = "before_numerator, before_denominator, after_numerator, after_denominator, is_target_reached"
    assert told(folder, "ef-1", amounts) == (30, 600, 12, 600, True)


def test_ef_2_the_same_fall_of_few_cases_is_not_shown(folder: Path) -> None:
    assert told(folder, "ef-2", EFFECT) == (0.06, 0.03, 0.03, -0.0333, 0.0977, "not_shown")


def test_ef_3_a_rate_that_rose_beyond_chance_is_worse(folder: Path) -> None:
    assert told(folder, "ef-3", EFFECT) == (0.02, 0.044, -0.024, -0.0475, -0.0019, "worse")
    assert told(folder, "ef-3", "is_target_reached") == (False,)


def test_ef_4_with_fewer_cases_than_the_smallest_sample_it_is_too_early(folder: Path) -> None:
    assert told(folder, "ef-4", "before_denominator, after_denominator, verdict") == (100, 20, "too_early")


def test_what_happened_without_the_plan_stands_beside_it(folder: Path) -> None:
    """The other three teams: 22 of 700 in January, 25 of 620 in February."""
    assert told(folder, "ef-1", "elsewhere_before, elsewhere_after") == (0.0314, 0.0403)


def test_of_a_kpi_that_is_better_high_the_same_fall_is_for_the_worse(folder: Path) -> None:
    """Only those with an error were seen by the agent: 30 of 600 in January, 12 of 600 in February."""
    rates = (0.05, 0.02, -0.03, -0.0522, -0.0092, "worse")
    assert told(folder, "person", f"kpi_id, {EFFECT}") == ("review_seen_rate", *rates)


def test_a_mean_has_its_change_and_no_verdict(folder: Path) -> None:
    columns = "before_rate, after_rate, change, ci_lower, is_target_reached, verdict, elsewhere_before"
    assert told(folder, "mean", columns) == (600, 240, None, None, None, "none", None)


def test_days_late_count_to_the_closing_and_minutes_to_the_last_day_covered(folder: Path) -> None:
    assert told(folder, "ef-1", "days_late, minutes, after_to::varchar") == (10, 90, "2026-03-01")
    assert told(folder, "mean", "days_late, minutes") == (5, 0)
    assert told(folder, "dropped", "days_late, before_numerator, verdict") == (None, None, "none")
