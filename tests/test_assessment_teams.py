"""How teams are assessed, and those who lead them. Cases worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.assessed_centre import AssessedCentre, day
from tests.support.assessments import assessed, changed, lines, seal, told, versions
from tests.support.policies import EP

pytestmark = pytest.mark.slow
TEAM = {"quality_pass_rate": 0.95, "satisfaction_score": 97.0, "avg_response_time": 24.0, "schedule_adherence": 0.90}


def led_centre(policy: str = EP, as_of: str = "2026-06-20", **lee: Any) -> AssessedCentre:
    """RP-13: team north of 12 heads with 14 complaints in March; Lee leads it."""
    centre = AssessedCentre(policy, as_of=as_of)
    centre.team("north", heads={"2026-03": 372})
    centre.person("ann")
    centre.person("lee", **{"role": "leader"} | lee)
    for kpi, value in TEAM.items():
        centre.value("north", "2026-03", value, kpi, kind="team")
    for number in range(14):
        centre.complaint(f"c{number:02}", "ann", f"2026-03-{number + 1:02}")
    # 50 x 0.5 / 0.5 + 50 x 0.16 / 0.2 = 90.
    centre.value("lee", "2026-03", 1.0, "coaching_delay_compliance")
    centre.value("lee", "2026-03", 0.96, "document_acknowledgement_rate")
    return centre


def test_rp_13_a_team_has_a_quota_of_its_heads() -> None:
    connection = assessed(led_centre())
    assert lines(connection, "points", "component", "north", kind="team") == [40, 30, 12, 6.666667]
    columns = "component_points, quota, counted_complaints, complaint_points, total, state"
    assert told(connection, columns, "north", kind="team") == (88.666667, 12, 14, 2, 86.67, "assessed")


def test_rp_13_a_manager_has_his_share_of_the_team_and_the_rest_is_his_own() -> None:
    connection = assessed(led_centre())
    columns = "team_points, component_points, total, state"
    assert told(connection, columns, "lee", kind="manager") == (52, 36, 88, "assessed")
    assert lines(connection, "record_id, value, n, weight, points", "team", "lee", kind="manager") == [
        ("north", 86.666667, 31, 0.6, 52)
    ]
    # He is no agent, and Ann leads nobody.
    ids = connection.execute("select person_kind, id from fct_assessment where month = '2026-03-01'").fetchall()
    assert sorted(ids) == [("agent", "ann"), ("manager", "lee"), ("team", "north")]


def test_two_teams_weigh_as_many_days_as_he_led_each() -> None:
    centre = led_centre(until="2026-03-21")
    centre.person("lee", "2026-03-21", role="leader", team="south")
    centre.team("south", heads={"2026-03": 31})
    for kpi in TEAM:
        centre.value("south", "2026-03", {"avg_response_time": 15.0}.get(kpi, 100.0), kpi, kind="team")
    connection = assessed(centre)
    # 0.6 x (20 x 86.666667 + 11 x 100) / 31.
    assert lines(connection, "record_id, n, points", "team", "lee", kind="manager") == [
        ("north", 20, 33.548387),
        ("south", 11, 21.290323),
    ]
    assert told(connection, "total", "lee", kind="manager") == (90.84,)


def test_of_a_team_that_is_not_assessed_its_leader_is_not_either() -> None:
    centre = led_centre()
    for row in centre.rows["fct_kpi_value"][:3]:
        row["status"] = "insufficient_sample"
    connection = assessed(centre)
    assert told(connection, "state, reason", "north", kind="team") == ("not_assessed", "min_weight")
    assert told(connection, "state, reason, total", "lee", kind="manager") == (
        "not_assessed",
        "team_not_assessed",
        None,
    )


def test_who_leads_and_has_no_team_is_not_assessed() -> None:
    connection = assessed(led_centre(changed(EP, kinds="[normal, specialist] => [normal, none]"), team=None))
    assert told(connection, "state, reason", "lee", kind="manager") == ("not_assessed", "no_team")


def test_a_manager_answers_for_his_own_fraud_and_harassment() -> None:
    centre = led_centre()
    centre.finding("f", "lee", "2026-03-05")
    assert told(assessed(centre), "fraud_points, total", "lee", kind="manager") == (20, 68)
    centre.finding("h", "lee", "2026-03-05", "harassment")
    connection = assessed(centre)
    assert told(connection, "state, total", "lee", kind="manager") == ("unfit", None)
    assert told(connection, "state", "north", kind="team") == ("assessed",)


def test_a_teams_appeal_makes_its_leader_provisional_and_its_version_his() -> None:
    centre = led_centre(as_of="2026-04-08")
    seal(centre, assessed(centre), "2026-04-08")
    centre.as_of = day("2026-04-20")
    centre.appeal("c13", "pending", "2026-04-09")
    connection = assessed(centre)
    assert told(connection, "state, reason", "lee", kind="manager") == ("provisional", "appeal_pending")
    centre.rows["fct_appeal"][0] |= {"appeal_outcome": "granted", "appeals_granted": 1, "appeal_date": centre.as_of}
    centre.rows["fct_complaint"][13] |= {"appeal_effect": "overturned", "complaints_upheld": 0}
    connection = assessed(centre)
    assert versions(connection, "north", kind="team")[1:] == [(2, "appeal_granted", "assessed", 87.67)]
    assert versions(connection, "lee", kind="manager")[1:] == [(2, "appeal_granted", "assessed", 88.6)]


def test_rewards_of_a_team_are_its_own() -> None:
    centre = led_centre(changed(EP, grounds="rewards: {RG1: 0, => rewards: {RG1: 4,"))
    centre.reward("r", "RG1", "2026-03", team_id="north")
    connection = assessed(centre)
    assert told(connection, "reward_points", "north", kind="team") == (4,)
    assert told(connection, "reward_points") == (0,)
