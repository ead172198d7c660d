"""Which version of the policy holds for whom, what an incomplete one computes, and records that need more rules."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.policy import PolicyError
from tests.support.assessed_centre import AssessedCentre, add_rp_10, day, example_centre
from tests.support.assessments import VERSION, assessed, changed, guard_sql, lines, seal, told, versions
from tests.support.policies import EP, policy

pytestmark = pytest.mark.slow
ERRORS = (
    "errors: none => errors: {causes: [AT], month: reviewed, quota: 1, quota_for_part_month: full, "
    "quota_rounding: up, points_each: 4, cap: none}"
)


def test_rp_8_by_an_incomplete_version_nothing_is_computed_and_what_lacks_is_named() -> None:
    lacking = changed(
        EP, cap="      cap: 5\n => ", ground="RG4: 0, RG5: 0, cap: none}\n    floor => RG5: 0, cap: none}\n    floor"
    )
    centre = example_centre(lacking)
    add_rp_10(centre)
    connection = assessed(centre)
    state, reason, total, points = told(connection, "state, reason, total, complaint_points")
    assert (state, total, points) == ("incomplete_policy", None, 0)
    assert "complaints.cap" in reason
    assert "rewards.RG4" in reason
    assert connection.execute("select count(*) from fct_assessment_line").fetchall() == [(0,)]
    assert versions(connection) == []


def test_rp_17_two_versions_for_one_person_stop_the_build_with_both_names() -> None:
    with pytest.raises(PolicyError, match="versions 2026-1 and agents-2 hold from the same month"):
        assessed(example_centre(EP + VERSION.replace("2026-1", "agents-2").replace("[normal, specialist]", "[normal]")))
    # What the file alone does not tell: both assess teams of one kind, and have the same leaders.
    trainees = VERSION.replace("2026-1", "trainees").replace("roles: [agent]", "roles: [trainee]")
    centre = example_centre(EP + trainees)
    centre.rows["int_measure__scope_month"] = []
    centre.person("lee", role="leader")
    connection = assessed(centre)
    with pytest.raises(duckdb.Error, match="versions 2026-1 and trainees both hold for manager lee in 2026-01"):
        connection.execute(guard_sql())


def test_versions_for_different_people_hold_beside_each_other() -> None:
    other = VERSION.replace("2026-1", "special").replace("[normal, specialist]", "[special]")
    centre = example_centre(EP + other)
    centre.team("high", "special")
    centre.person("eve", team="high")
    connection = assessed(centre)
    assert connection.execute(guard_sql()).fetchall() == []
    assert [told(connection, "policy_version", who) for who in ("ann", "eve")] == [("2026-1",), ("special",)]


def test_rp_17_weights_that_do_not_add_up_stop_the_build() -> None:
    with pytest.raises(PolicyError, match="weights add up to 99"):
        policy(EP.replace("weight: 10", "weight: 9"))


def test_no_version_holds_before_the_first_one_nor_for_another_role() -> None:
    centre = example_centre(EP.replace("valid_from: 2026-01", "valid_from: 2026-03"))
    centre.person("rex", role="reviewer")
    connection = assessed(centre)
    assert told(connection, "state, policy_version", month="2026-02") == ("no_policy", None)
    assert told(connection, "state", "rex") == ("no_policy",)
    assert versions(connection, month="2026-02") == []


def test_role_and_team_are_those_of_most_days_and_of_equally_many_the_later() -> None:
    other = VERSION.replace("2026-1", "special").replace("[normal, specialist]", "[special]")
    centre = AssessedCentre(EP + other)
    centre.team("north")
    centre.team("high", "special")
    for agent, moved in (("early", "2026-02-14"), ("even", "2026-02-15"), ("late", "2026-02-16")):
        centre.person(agent, "2026-01-01", moved)
        centre.person(agent, moved, team="high")
    connection = assessed(centre)
    held = [told(connection, "policy_version", who, "2026-02")[0] for who in ("early", "even", "late")]
    assert held == ["special", "special", "2026-1"]


def test_without_a_policy_nobody_is_assessed_and_what_was_sealed_stays() -> None:
    assert assessed(example_centre("")).execute("select count(*) from fct_assessment").fetchall() == [(0,)]
    centre = example_centre(EP, "2026-04-08")
    add_rp_10(centre)
    seal(centre, assessed(centre), "2026-04-08")
    centre.policy = ""
    connection = assessed(centre)
    assert told(connection, "state, total, version_no, is_closed") == ("assessed", 82.71, 1, True)
    assert len(lines(connection, "points", "complaint")) == 6
    assert len(versions(connection)) == 1


def test_a_month_whose_records_are_gone_stays_as_it_was_sealed() -> None:
    centre = example_centre(EP, "2026-04-08")
    seal(centre, assessed(centre), "2026-04-08")
    centre.rows["fct_kpi_value"].clear()
    centre.first = day("2026-04-01")
    connection = assessed(centre)
    assert told(connection, "state, total, version_no") == ("assessed", 83.71, 1)
    assert versions(connection) == [(1, None, "assessed", 83.71)]


def test_who_is_no_longer_known_of_a_month_has_a_version_that_says_so() -> None:
    centre = example_centre(EP, "2026-04-08")
    seal(centre, assessed(centre), "2026-04-08")
    for table in ("dim_agent_day", "fct_headcount_day", "fct_agent_day"):
        centre.rows[table].clear()
    assert versions(assessed(centre))[1:] == [(2, "policy_version", "no_policy", None)]


def test_severe_errors_have_a_quota_of_their_own_and_only_the_groups_of_the_policy_cost() -> None:
    centre = example_centre(changed(EP, errors=ERRORS))
    centre.complaint("c", "ann", "2026-03-01")
    for name, code in (("e1", "AT-03"), ("e2", "AT-03"), ("e3", "KN-01")):
        centre.error(name, "ann", "2026-03-05", code)
    centre.error("e4", "ann", "2026-03-05", is_good_faith=True)
    connection = assessed(centre)
    assert told(connection, "error_points, complaint_points") == (4, 0)
    assert lines(connection, "record_id, points, note", "error") == [
        ("e1", 0, "within_quota"),
        ("e2", -4, "over_quota"),
        ("e3", 0, "other_cause"),
        ("e4", 0, "good_faith"),
    ]


def test_an_error_may_fall_into_the_month_of_its_contact() -> None:
    centre = example_centre(changed(EP, errors=ERRORS.replace("reviewed", "occurred").replace("quota: 1", "quota: 0")))
    centre.add("fct_contact", contact_key="k", contact_date=day("2026-02-27"))
    centre.error("e", "ann", "2026-03-05", contact_key="k")
    connection = assessed(centre)
    assert [told(connection, "error_points", month=month) for month in ("2026-02", "2026-03")] == [(4,), (0,)]


def test_a_record_costs_once_where_the_policy_comes_to_tell_months_otherwise() -> None:
    later = VERSION.replace("2026-1", "2026-4").replace("valid_from: 2026-01", "valid_from: 2026-04")
    both = EP + later.replace("      month: received", "      month: decided")
    centre = example_centre(both.replace("quota: 2", "quota: 0"))
    centre.complaint("c", "ann", "2026-03-30", decided_date=day("2026-04-10"))
    connection = assessed(centre)
    assert [told(connection, "complaint_points", month=month) for month in ("2026-03", "2026-04")] == [(3,), (0,)]


@pytest.mark.parametrize(("filed", "is_late"), [("2026-04-15", False), ("2026-04-16", True)])
def test_an_appeal_is_late_by_the_publication_that_told_first_and_honoured(filed: str, is_late: bool) -> None:
    centre = example_centre(EP)
    centre.complaint("c", "ann", "2026-03-05", effect="good_faith")
    centre.appeal("c", "granted", filed, decided="2026-05-02")
    centre.publish(1, "2026-03-02")
    centre.publish(2, "2026-03-31", "2026-04-08")
    connection = assessed(centre)
    assert lines(connection, "appeal_until, is_appeal_late, points, note", "complaint") == [
        (day("2026-04-15"), is_late, 0, "good_faith")
    ]
