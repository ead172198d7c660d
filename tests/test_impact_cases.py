"""Who makes the gap between a value and its bound: cases worked by hand, as published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.impact_cases import ALL_CASES
from tests.support.mart_home import build_mart
from tests.support.people_cases import at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

Row = dict[str, Any]
Ask = Callable[..., dict[str, Row]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("impact"), as_of=at("2026-06-20 00:00"))
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.source("chat", not_recorded=("transfers",))
    home.source("hr")
    for add in ALL_CASES:
        add(home)
    build_mart(home, "fct_metric_impact")
    return home


@pytest.fixture(scope="module")
def ask(home: RawHome) -> Ask:
    """The parts of a whole in a month by their names, shares as points."""

    def ask(kpi_id: str, whole: str, month: int, split: str = "agent", kind: str = "month") -> dict[str, Row]:
        with open_warehouse(home.folder) as connection:
            cursor = connection.execute(
                "select * from scorecard.fct_metric_impact where kpi_id = ? and whole_id = ? and split = ? "
                "and period_kind = ? and period_start = make_date(2026, ?, 1)",
                [kpi_id, whole, split, kind, month],
            )
            names = [column[0] for column in cursor.description or []]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return {row["part_id"]: row for row in rows}

    return ask


def told(rows: dict[str, Row], column: str, scale: float = 100) -> dict[str, float | None]:
    """One column by part, two decimals; shares in points."""
    return {name: None if row[column] is None else round(scale * row[column], 2) for name, row in rows.items()}


def gap_of(rows: dict[str, Row], scale: float = 100) -> float:
    """The gap, which all parts name alike and which they add up to."""
    (gap,) = {row["gap"] for row in rows.values()}
    assert sum(row["contribution"] for row in rows.values()) == pytest.approx(gap, abs=1e-12)
    return round(scale * gap, 2)


def test_dp_1_three_agents_make_the_gap_of_their_team(ask: Ask) -> None:
    rows = ask("severe_error_rate", "dp1", 1)
    assert gap_of(rows) == 1.00
    assert told(rows, "contribution") == {"dp1-a": 1.50, "dp1-b": -0.25, "dp1-c": -0.25}
    assert told(rows, "leave_one_out") == {"dp1-a": 2.00, "dp1-b": -0.67, "dp1-c": -0.67}
    assert told(rows, "gap_if_at_bound") == {"dp1-a": -0.50, "dp1-b": 1.25, "dp1-c": 1.25}
    assert {name: row["rank_number"] for name, row in rows.items()} == {"dp1-a": 1, "dp1-b": 2, "dp1-c": 2}
    row = rows["dp1-a"]
    assert (row["numerator"], row["denominator"], row["n"], row["is_small"]) == (10, 200, 200, False)
    assert (float(row["bound"]), row["side"], row["whole_value"]) == (0.02, "upper", 0.03)


def test_dp_2_without_the_only_part_there_is_nothing_left(ask: Ask) -> None:
    rows = ask("severe_error_rate", "dp2", 1)
    assert told(rows, "contribution") == {"dp2-a": gap_of(rows)} == {"dp2-a": 4.00}
    assert told(rows, "leave_one_out") == {"dp2-a": None}


def test_dp_3_below_a_floor_is_a_gap_too(ask: Ask) -> None:
    rows = ask("quality_pass_rate", "dp3", 1)
    assert gap_of(rows) == 1.67
    assert told(rows, "contribution") == {"dp3-a": 1.67, "dp3-b": 0.00}
    assert told(rows, "leave_one_out") == {"dp3-a": 1.67, "dp3-b": -3.33}
    assert {row["side"] for row in rows.values()} == {"lower"}


def test_dp_4_a_mean_splits_as_a_share_does(ask: Ask) -> None:
    rows = ask("avg_response_time", "dp4", 1)
    assert gap_of(rows, 1) == 20
    assert told(rows, "contribution", 1) == {"dp4-a": 3.33, "dp4-b": 16.67}
    assert told(rows, "leave_one_out", 1) == {"dp4-a": -5.00, "dp4-b": 10.00}


def test_dp_5_who_moves_has_a_part_in_both_teams_and_one_at_the_centre(ask: Ask) -> None:
    teams = ask("severe_error_rate", "centre", 2, "team")
    assert gap_of(teams) == 0.50
    assert told(teams, "contribution") == {"dp5-t1": 0.05, "dp5-t2": 0.45}
    agents = ask("severe_error_rate", "centre", 2)
    assert gap_of(agents) == 0.50
    assert told(agents, "contribution") == {"dp5-m": 1.00, "dp5-r1": -0.25, "dp5-r2": -0.25}
    second = ask("severe_error_rate", "dp5-t2", 2)
    assert gap_of(second) == 0.69
    assert told(second, "contribution") == {"dp5-m": 1.08, "dp5-r2": -0.38}
    assert told(ask("severe_error_rate", "dp5-t1", 2), "numerator", 1) == {"dp5-m": 2, "dp5-r1": 1}


def test_dp_5_a_quarter_adds_up_what_a_mover_did_in_each_team(ask: Ask) -> None:
    quarter = ask("severe_error_rate", "dp5-t2", 1, kind="quarter")
    assert told(quarter, "denominator", 1) == {"dp5-m": 60, "dp5-r2": 200}


def test_dp_6_a_review_is_shared_out_among_its_causes_and_the_bound_allows_the_rest(ask: Ask) -> None:
    rows = ask("severe_error_rate", "dp6", 1, "cause")
    assert gap_of(rows) == 2.00
    assert told(rows, "contribution") == {"a": 2.50, "b": 1.50, "allowed": -2.00}
    assert told(rows, "numerator", 1) == {"a": 2.5, "b": 1.5, "allowed": 0}
    assert told(rows, "denominator", 1) == {"a": 0, "b": 0, "allowed": 100}
    assert told(rows, "leave_one_out") == {"a": 2.50, "b": 1.50, "allowed": None}
    assert {name: (row["n"], row["rank_number"]) for name, row in rows.items()} == {
        "a": (3, 1),
        "b": (2, 2),
        "allowed": (100, None),
    }


def test_dp_6_complaints_are_told_by_leaf_and_none_named_is_other(ask: Ask) -> None:
    rows = ask("complaint_rate", "dp9", 3, "cause")
    assert gap_of(rows, 1) == 0.60
    assert told(rows, "contribution", 1) == {"other": 1.60, "allowed": -1.00}


def test_dp_7_the_pleasant_side_of_a_band_is_no_gap(ask: Ask) -> None:
    rows = ask("first_response_time", "dp7", 1)
    assert gap_of(rows, 1) == -18
    assert told(rows, "contribution", 1) == {"dp7-a": -13.5, "dp7-b": -4.5}
    assert {(float(row["bound"]), row["side"]) for row in rows.values()} == {(30, "upper")}


def test_dp_8_what_two_had_together_is_a_part_of_its_own(ask: Ask) -> None:
    rows = ask("transfer_rate", "dp8", 1)
    assert gap_of(rows) == 3.33
    assert told(rows, "numerator", 1) == {"dp8-a": 4, "dp8-b": 5, "shared": -1}
    assert told(rows, "denominator", 1) == {"dp8-a": 100, "dp8-b": 54, "shared": -4}
    assert told(rows, "contribution") == {"dp8-a": 1.33, "dp8-b": 2.61, "shared": -0.61}
    shared = rows["shared"]
    assert (shared["part_kind"], shared["rank_number"], shared["leave_one_out"]) == ("shared", None, None)


def test_dp_9_a_rate_per_thousand_is_told_in_its_own_unit(ask: Ask) -> None:
    rows = ask("complaint_rate", "dp9", 3)
    assert gap_of(rows, 1) == 0.60
    assert told(rows, "contribution", 1) == {"dp9-a": 0.80, "dp9-b": -0.20}


def test_dp_9_a_numerator_without_a_denominator_has_its_part(ask: Ask) -> None:
    rows = ask("complaint_rate", "centre", 3)
    # 9 of 5,000: 1.80, of which 0.20 by whom handled nothing.
    assert gap_of(rows, 1) == 0.80
    assert told(rows, "contribution", 1) == {"dp9-a": 0.80, "dp9-b": -0.20, "dp9-c": 0.20}


def test_dp_10_who_has_nothing_of_a_kpi_has_no_row(ask: Ask) -> None:
    rows = ask("severe_error_rate", "dp1", 1)
    assert "dp1-d" not in rows
    assert gap_of(rows) == 1.00


def test_a_guest_counts_where_he_is_at_home(ask: Ask) -> None:
    # At the centre 6 of 200: 3.00 %; Up has 5 of 180, and Nat is in no team.
    centre = ask("severe_error_rate", "centre", 4, "team")
    assert gap_of(centre) == 1.00
    assert told(centre, "numerator", 1) == {"up": 5, "unassigned": 1}
    assert told(centre, "contribution") == {"up": 0.70, "unassigned": 0.30}
    # Gus's 3 of 60 are Right's, where Left counts them in its own value too; Lea works in Up and in no team below it.
    up = ask("severe_error_rate", "up", 4, "team")
    assert told(up, "numerator", 1) == {"left": 2, "right": 3, "unassigned": 0}
    assert told(up, "denominator", 1) == {"left": 100, "right": 60, "unassigned": 20}
    assert gap_of(up) == 0.78
    assert told(up, "rank_number", 1) == {"right": 1, "left": 2, "unassigned": None}
    assert ask("severe_error_rate", "up", 4) == {}


def test_who_worked_in_a_team_as_a_guest_has_a_part_in_it(ask: Ask) -> None:
    left = ask("severe_error_rate", "left", 4)
    assert told(left, "numerator", 1) == {"liz": 2, "gus": 3}
    assert gap_of(left) == 1.12
    assert told(ask("severe_error_rate", "right", 4), "numerator", 1) == {"gus": 3}


def test_at_the_centre_each_agent_stands_once_and_few_cases_have_no_rank(ask: Ask) -> None:
    rows = ask("severe_error_rate", "centre", 4)
    assert told(rows, "contribution") == {"gus": 0.90, "liz": 0.0, "lea": -0.20, "nat": 0.30}
    assert {name: row["rank_number"] for name, row in rows.items()} == {"gus": 1, "liz": 2, "lea": None, "nat": None}
    assert {name for name, row in rows.items() if row["is_small"]} == {"lea", "nat"}


@pytest.mark.parametrize(
    ("team", "side", "gap"), [("above", "upper", 10), ("below", "lower", 10), ("near-low", "lower", -10)]
)
def test_where_both_sides_are_unpleasant_the_nearer_bound_counts(ask: Ask, team: str, side: str, gap: float) -> None:
    (row,) = ask("live_review_share", team, 5).values()
    assert (row["side"], round(100 * row["gap"], 2)) == (side, gap)


def test_halfway_between_two_bounds_it_is_the_upper_one(ask: Ask) -> None:
    (row,) = ask("live_review_share", "middle", 5).values()
    assert (row["side"], round(100 * row["gap"], 2)) == ("upper", -15)


def test_without_a_bound_there_is_no_gap(home: RawHome) -> None:
    kpis = "select distinct kpi_id from scorecard.fct_metric_impact"
    found = {kpi_id for (kpi_id,) in home.query(kpis)}
    assert "severe_error_rate" in found
    # No target; a yearly one; sums that no person has.
    assert not found & {"greeting_complete_rate", "agent_turnover_rate", "consultation_rate", "avg_queue_time"}


def test_only_the_latest_weeks_and_four_weeks_are_taken_apart(home: RawHome) -> None:
    periods = home.query(
        "select distinct period_kind, period_start from scorecard.fct_metric_impact "
        "where period_kind in ('week', 'trailing_28') order by all"
    )
    # The data end on 19 June; nothing happened in June.
    assert all(str(start) >= "2026-04-27" for _, start in periods)
