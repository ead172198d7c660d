"""What a month comes to by the example policy: components, rewards, complaints, fraud. Cases worked by hand."""

from __future__ import annotations

import pytest

from tests.support.assessed_centre import add_rp_10, example_centre
from tests.support.assessments import assessed, changed, lines, told
from tests.support.policies import EP

pytestmark = pytest.mark.slow
COMPLAINTS = "complaint_points, counted_complaints"


def test_rp_1_two_of_four_complaints_are_over_the_quota_and_the_cap_holds() -> None:
    centre = example_centre(EP)
    for number in range(4):
        centre.complaint(f"c{number}", "ann", f"2026-03-0{number + 1}")
    assert told(assessed(centre), f"{COMPLAINTS}, quota, total") == (5, 4, 2, 78.71)


@pytest.mark.parametrize(
    ("part_month", "rounding", "quota", "points"),
    [
        ("full", "up", 2, 0),
        ("pro_rata", "up", 1, 3),
        ("pro_rata", "nearest", 1, 3),
        ("pro_rata", "down", 0, 5),
        ("pro_rata", "none", 0.709677, 3.870968),
    ],
)
def test_rp_2_who_joined_within_the_month_has_the_quota_that_the_policy_says(
    part_month: str, rounding: str, quota: float, points: float
) -> None:
    policy = changed(
        EP,
        part=f"quota_for_part_month: full => quota_for_part_month: {part_month}",
        rounding=f"quota_rounding: up => quota_rounding: {rounding}",
    )
    centre = example_centre(policy)
    # New on 21 March: 11 of 31 days.
    centre.person("new", "2026-03-21")
    centre.complaint("c1", "new", "2026-03-22")
    centre.complaint("c2", "new", "2026-03-23")
    connection = assessed(centre)
    assert told(connection, "quota, complaint_points", "new") == (quota, points)
    assert sum(lines(connection, "points", "complaint", "new")) == pytest.approx(-points)


@pytest.mark.parametrize(
    ("cap", "total", "each"),
    [("5", 5, [0, 0, -3, -2, 0, 0, 0, 0, 0]), ("none", 21, [0, 0, -3, -3, -3, -3, -3, -3, -3])],
)
def test_rp_3_the_oldest_are_free_and_the_one_that_meets_the_cap_costs_the_rest(
    cap: str, total: float, each: list[float]
) -> None:
    centre = example_centre(changed(EP, cap=f"      cap: 5 =>       cap: {cap}"))
    for number in range(9):
        centre.complaint(f"c{9 - number}", "ann", f"2026-03-0{number + 1}")
    connection = assessed(centre)
    assert told(connection, COMPLAINTS) == (total, 9)
    assert lines(connection, "points", "complaint") == each
    assert lines(connection, "record_id", "complaint")[:3] == ["c9", "c8", "c7"]


@pytest.mark.parametrize(
    ("causes", "counted", "points"),
    [("[attitude, knowledge]", 2, 3), ("[attitude, knowledge, skill, transfer]", 4, 5)],
)
def test_rp_4_only_the_causes_of_the_policy_count(causes: str, counted: int, points: float) -> None:
    policy = changed(
        EP, causes=f"      causes: [attitude, knowledge] =>       causes: {causes}", quota="quota: 2 => quota: 1"
    )
    centre = example_centre(policy)
    for number, leaf in enumerate(("attitude.cold", "knowledge.wrong", "skill.wording", "transfer.menu.wrong_node")):
        centre.complaint(f"c{number}", "ann", f"2026-03-0{number + 1}", leaf)
    assert told(assessed(centre), COMPLAINTS) == (points, counted)


def test_rp_7_fraud_is_outside_of_quota_and_cap_and_never_excellent() -> None:
    centre = example_centre(changed(EP, excellent="    excellent: 95\n    appeals =>     excellent: 60\n    appeals"))
    add_rp_10(centre)
    assert told(assessed(centre), "total, is_excellent") == (82.71, True)
    centre.finding("f", "ann", "2026-03-12")
    connection = assessed(centre)
    assert told(connection, "total, is_excellent, fraud_points") == (62.71, False, 20)
    assert lines(connection, "record_id, points", "fraud") == [("desk/f", -20)]


def test_rp_9_each_component_lies_on_its_curve() -> None:
    connection = assessed(example_centre(EP))
    assert lines(connection, "kpi_id, points", "component") == [
        ("quality_pass_rate", 32),
        ("satisfaction_score", 25.714286),
        ("avg_response_time", 16),
        ("schedule_adherence", 10),
    ]
    assert told(connection, "state, component_points, total, measured_weight") == ("assessed", 83.714286, 83.71, 100)


@pytest.mark.parametrize(
    ("unmeasured", "state", "reason", "total"),
    [
        ("{rule: reweigh, min_weight: 60}", "assessed", None, 82.86),
        ("{rule: reweigh, min_weight: 75}", "not_assessed", "min_weight", None),
        ("{rule: hold}", "not_assessed", "satisfaction_score", None),
    ],
)
def test_rp_9_what_is_not_measured_is_weighed_up_or_holds_the_result(
    unmeasured: str, state: str, reason: str | None, total: float | None
) -> None:
    policy = changed(EP, unmeasured=f"{{rule: reweigh, min_weight: 60}} => {unmeasured}")
    centre = example_centre(policy)
    centre.rows["fct_kpi_value"][1] |= {"status": "insufficient_sample", "reason": "few_cases"}
    connection = assessed(centre)
    assert told(connection, "state, reason, total, measured_weight") == (state, reason, total, 70)
    assert lines(connection, "value, points, note", "component")[1] == (96, 0, "few_cases")


def test_rp_10_rewards_want_two_approvals_and_what_does_not_count_is_told() -> None:
    centre = example_centre(EP)
    add_rp_10(centre)
    connection = assessed(centre)
    assert told(connection, f"reward_points, {COMPLAINTS}, total") == (2, 3, 3, 82.71)
    assert lines(connection, "record_id, points, note", "reward") == [("r1", 2, None), ("r2", 0, "waiting")]
    assert lines(connection, "record_id, points, note", "complaint") == [
        ("c1", 0, "within_quota"),
        ("c2", 0, "within_quota"),
        ("c3", -3, "over_quota"),
        ("faith", 0, "good_faith"),
        ("wait", 0, "other_cause"),
        ("c4", 0, "other_cause"),
    ]


def test_rp_14_what_a_month_earned_counts_in_the_month_after() -> None:
    best = {"quality_pass_rate": 0.95, "satisfaction_score": 97.0, "avg_response_time": 15.0}
    centre = example_centre(
        changed(EP, grounds="RG4: 0, RG5: 0, cap: none}\n    floor => RG4: 5, RG5: 0, cap: none}\n    floor"),
        **best,
        schedule_adherence=0.875,
    )
    centre.reward("r", "RG4", "2026-03", agent_id="ann")
    connection = assessed(centre)
    assert told(connection, "total, is_excellent, reward_points") == (95, True, 0)
    assert told(connection, "reward_points", month="2026-04") == (5,)


def test_rp_16_a_mover_answers_for_his_own_and_each_team_for_its_contacts() -> None:
    centre = example_centre(EP)
    centre.team("a", heads={"2026-03": 31})
    centre.team("b", heads={"2026-03": 31})
    centre.person("mia", "2026-01-01", "2026-03-15", team="a")
    centre.person("mia", "2026-03-15", team="b")
    for number, on in enumerate(("2026-03-10", "2026-03-10", "2026-03-20")):
        centre.complaint(f"c{number}", "mia", on)
    connection = assessed(centre)
    assert told(connection, COMPLAINTS, "mia") == (3, 3)
    assert [told(connection, "counted_complaints", team, kind="team") for team in ("a", "b")] == [(2,), (1,)]


def test_rp_18_who_was_there_for_nine_days_is_not_assessed_and_his_complaints_are_listed() -> None:
    centre = example_centre(EP)
    centre.person("few", works=9)
    centre.complaint("c", "few", "2026-03-05")
    connection = assessed(centre)
    assert told(connection, "state, reason, total, agent_days", "few") == ("not_assessed", "few_days", None, 9)
    assert lines(connection, "record_id", "complaint", "few") == ["c"]


def test_a_total_stays_between_floor_and_ceiling_and_a_line_holds_what_was_cut() -> None:
    centre = example_centre(changed(EP, ceiling="ceiling: none => ceiling: 80"))
    connection = assessed(centre)
    assert told(connection, "total, clip_points") == (80, -3.714286)
    assert lines(connection, "points, note", "clip") == [(-3.714286, "ceiling")]


def test_rewards_bring_their_cap_at_most() -> None:
    centre = example_centre(changed(EP, cap="RG5: 0, cap: none}\n    floor => RG5: 0, cap: 4}\n    floor"))
    for name, ground in (("r1", "RG3"), ("r2", "RG1"), ("r3", "RG2")):
        centre.reward(name, ground, "2026-03", agent_id="ann")
    connection = assessed(centre)
    assert told(connection, "reward_points") == (4,)
    assert lines(connection, "points, note", "reward") == [(3, None), (1, "cap"), (0, "cap")]
