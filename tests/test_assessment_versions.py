"""A closed month is sealed; what changes it makes another version with a reason, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.assessed_centre import AssessedCentre, add_rp_10, day, example_centre
from tests.support.assessments import VERSION, assessed, changed, lines, seal, told, versions
from tests.support.policies import EP

pytestmark = pytest.mark.slow
SEALED = (1, None, "assessed", 82.71)


def sealed_march(policy: str = EP, add: Callable[[AssessedCentre], object] = add_rp_10) -> AssessedCentre:
    """March of RP-10, sealed by the publication of 8 April, twelve days before the end of the data."""
    centre = example_centre(policy, "2026-04-08")
    add(centre)
    seal(centre, assessed(centre), "2026-04-08")
    centre.as_of = day("2026-04-20")
    return centre


def complaint_of(centre: AssessedCentre, name: str) -> dict[str, object]:
    return next(row for row in centre.rows["fct_complaint"] if row["complaint_id"] == name)


def test_a_month_is_sealed_once_it_is_closed_and_again_when_it_changes_only() -> None:
    centre = example_centre(EP, "2026-04-07")
    add_rp_10(centre)
    open_month = assessed(centre)
    assert versions(open_month) == []
    assert told(open_month, "state, reason, total, version_no") == ("provisional", "open_month", 82.71, None)
    connection = assessed(sealed_march())
    assert versions(connection) == [SEALED]
    assert told(connection, "state, reason, total, version_no") == ("assessed", None, 82.71, 1)


def test_rp_5_a_granted_appeal_makes_a_version_and_the_first_stays() -> None:
    centre = sealed_march()
    complaint_of(centre, "c3").update(appeal_effect="overturned", complaints_upheld=0)
    centre.appeal("c3", "granted", "2026-04-10", decided="2026-04-20", agent_id="ann", agent_date=day("2026-03-04"))
    connection = assessed(centre)
    assert versions(connection) == [SEALED, (2, "appeal_granted", "assessed", 85.71)]
    assert told(connection, "counted_complaints, complaint_points, version_no") == (2, 0, 2)
    told_now = lines(connection, "record_id, points, note, appeal_state", "complaint")
    assert ("c3", 0, "overturned", "granted") in told_now
    assert connection.execute(
        "select version_no, points, note from fct_assessment_version_line where record_id = 'c3' order by version_no"
    ).fetchall() == [(1, -3, "over_quota"), (2, 0, "overturned")]
    seal(centre, connection, "2026-04-20")
    assert versions(assessed(centre)) == [SEALED, (2, "appeal_granted", "assessed", 85.71)]


@pytest.mark.parametrize(("effect", "listed"), [("not_responsible", 5), ("good_faith", 6)])
def test_a_granted_appeal_clears_as_far_as_it_says(effect: str, listed: int) -> None:
    centre = sealed_march()
    complaint_of(centre, "c3").update(
        appeal_effect=effect,
        agent_id=None if effect == "not_responsible" else "ann",
        is_good_faith=effect == "good_faith",
    )
    centre.appeal("c3", "granted", "2026-04-10", decided="2026-04-20")
    connection = assessed(centre)
    assert versions(connection)[1:] == [(2, "appeal_granted", "assessed", 85.71)]
    assert len(lines(connection, "record_id", "complaint")) == listed


def test_rp_6_harassment_leaves_no_total_and_its_revocation_gives_it_back() -> None:
    connection = assessed(sealed_march(add=with_harassment))
    assert versions(connection) == [(1, None, "unfit", None)]
    assert told(connection, "state, reason, total, is_excellent") == ("unfit", "harassment", None, False)
    assert lines(connection, "record_id, points", "unfit") == [("desk/h", 0)]
    assert len(lines(connection, "points", "complaint")) == 6
    # The month after too, while nobody revokes it.
    assert told(connection, "state, reason", month="2026-04") == ("unfit", "harassment")
    centre = sealed_march(add=with_harassment)
    centre.rows["fct_finding"][0]["is_effective"] = False
    assert versions(assessed(centre)) == [(1, None, "unfit", None), (2, "correction", "assessed", 82.71)]


def with_harassment(centre: AssessedCentre) -> None:
    add_rp_10(centre)
    centre.finding("h", "ann", "2026-03-12", "harassment")


def test_rp_6_a_finding_that_nobody_approved_has_no_effect() -> None:
    centre = example_centre(EP)
    add_rp_10(centre)
    centre.finding("h", "ann", "2026-03-12", "harassment", is_effective=False)
    assert told(assessed(centre), "state, total") == ("assessed", 82.71)


def test_unfit_is_for_the_role_of_then() -> None:
    centre = AssessedCentre(changed(EP, roles="roles: [agent] => roles: [agent, trainee]"))
    centre.team("north")
    centre.person("ann", "2026-01-01", "2026-02-03", role="trainee")
    centre.person("ann", "2026-02-03", "2026-04-20")
    centre.person("ann", "2026-04-20", role="trainee")
    centre.finding("h", "ann", "2026-03-12", "harassment")
    connection = assessed(centre)
    states = [told(connection, "state", month=f"2026-0{month}")[0] for month in (2, 3, 4, 5)]
    assert states == ["not_assessed", "unfit", "unfit", "not_assessed"]


@pytest.mark.parametrize(
    ("month_by", "january", "february"),
    [
        ("received", [(1, None, "assessed", 83.71), (2, "decided_late", "assessed", 80.71)], (0, 0)),
        ("decided", [(1, None, "assessed", 83.71)], (1, 0)),
    ],
)
def test_rp_11_a_late_decision_falls_into_the_month_that_the_policy_says(
    month_by: str, january: list[tuple[object, ...]], february: tuple[int, int]
) -> None:
    policy = changed(EP, month="      month: received =>       month: " + month_by)
    centre = example_centre(policy, "2026-02-08")
    for row in centre.rows["fct_kpi_value"]:
        row["period_start"] = day("2026-01-01")
    centre.complaint("c1", "ann", "2026-01-10")
    centre.complaint("c2", "ann", "2026-01-11")
    centre.complaint("late", "ann", "2026-01-30", complaints_upheld=0, complaint_outcome="pending", decided_date=None)
    seal(centre, assessed(centre), "2026-02-08")
    centre.as_of = day("2026-03-08")
    complaint_of(centre, "late").update(
        complaints_upheld=1, complaint_outcome="upheld", decided_date=day("2026-02-09"), landing_day=day("2026-02-09")
    )
    connection = assessed(centre)
    assert versions(connection, month="2026-01") == january
    assert told(connection, "counted_complaints, complaint_points", month="2026-02") == february


def test_rp_12_while_an_appeal_is_pending_the_total_stays_and_is_provisional() -> None:
    centre = sealed_march()
    centre.appeal("c3", "pending", "2026-04-10")
    connection = assessed(centre)
    assert told(connection, "state, reason, total") == ("provisional", "appeal_pending", 82.71)
    assert lines(connection, "appeal_state, points", "complaint")[2] == ("appealed", -3)
    # No number is another one, so no version is.
    assert versions(connection) == [SEALED]


def test_rp_15_a_version_of_a_later_month_changes_no_earlier_one() -> None:
    later = VERSION.replace("2026-1", "2026-4").replace("valid_from: 2026-01", "valid_from: 2026-04")
    centre = sealed_march()
    centre.policy = EP + later.replace("points_each: 3", "points_each: 1")
    centre.as_of = day("2026-05-20")
    connection = assessed(centre)
    assert versions(connection) == [SEALED]
    assert [told(connection, "policy_version", month=month) for month in ("2026-03", "2026-04")] == [
        ("2026-1",),
        ("2026-4",),
    ]


def test_a_version_that_says_something_else_than_it_did_is_the_reason() -> None:
    centre = sealed_march()
    centre.policy = EP.replace("points_each: 3", "points_each: 4")
    assert versions(assessed(centre)) == [SEALED, (2, "policy_version", "assessed", 81.71)]


def test_rp_19_an_outage_excuses_a_complaint_until_its_approval_is_revoked() -> None:
    centre = example_centre(EP, "2026-04-08")
    for number in range(3):
        centre.complaint(f"c{number}", "ann", f"2026-03-0{number + 1}", contact_key=f"k{number}")
    centre.add("int_contact__excluded", contact_key="k0", kpi_group="complaint")
    centre.add("int_contact__excluded", contact_key="k1", kpi_group="quality")
    first = assessed(centre)
    assert told(first, "counted_complaints, complaint_points") == (2, 0)
    assert lines(first, "record_id, note", "complaint")[2] == ("c0", "incident")
    seal(centre, first, "2026-04-08")
    centre.rows["int_contact__excluded"].pop(0)
    assert versions(assessed(centre))[1:] == [(2, "incident", "assessed", 80.71)]


def test_cs_5_a_rating_of_the_next_month_restates_the_month_of_its_contact() -> None:
    centre = sealed_march()
    centre.rows["fct_kpi_value"][1] |= {"value": 95.3, "n": 101}
    # 30 x 5.3 / 7 = 22.714286 in place of 25.714286.
    assert versions(assessed(centre)) == [SEALED, (2, "late_data", "assessed", 79.71)]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"value": 95.3}, "correction"),
        ({"value": 95.3, "n": 90, "excluded_n": 10}, "incident"),
        ({"value": 95.3, "formula_version": "2"}, "target_or_formula"),
        ({"value": 98.0, "n": 101}, "late_data"),
    ],
)
def test_a_component_that_changes_tells_why(other: dict[str, object], reason: str) -> None:
    centre = sealed_march()
    centre.rows["fct_kpi_value"][1] |= other
    assert [row[1] for row in versions(assessed(centre))] == [None, reason]


def test_a_value_that_brings_the_same_points_makes_no_version() -> None:
    centre = example_centre(EP, "2026-04-08", satisfaction_score=98.0)
    seal(centre, assessed(centre), "2026-04-08")
    centre.rows["fct_kpi_value"][1]["value"] = 99.0
    assert len(versions(assessed(centre))) == 1
