"""Complaints, appeals, errors, findings and tags as facts: CO-3, CO-7, CO-8, AP-1, QE-1, QE-2, QE-4."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.governance import HOUR, appeal, complain, review
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow


def add_complaints(home: RawHome) -> None:
    add_member(home, "mia", "north", "2026-01-01", "2026-02-01")
    add_member(home, "mia", "south", "2026-02-01")
    add_chat(home, "co3", "mia", at("2026-01-28 10:00"))
    complain(home, "co3", "2026-02-03 09:00", contact_id="co3", outcome="upheld", responsible_agent_id="mia")
    add_chat(home, "co7", "ann", at("2026-03-02 10:00"))
    complain(home, "nobody", "2026-03-03 09:00", contact_id="co7", agent_id="ann", outcome="upheld")
    complain(home, "pending", "2026-03-03 09:00", contact_id="co7", agent_id="ben")
    complain(home, "unnamed", "2026-03-03 09:00", contact_id="co7")
    complain(home, "internal", "2026-03-03 09:00", contact_id="co7", origin="internal")
    complain(home, "later", "2026-03-03 09:00", agent_id="ben", outcome="upheld", decided_at=at("2026-05-01 09:00"))
    complain(home, "ahead", "2026-05-01 09:00", agent_id="ben")
    add_chat(home, "drill", "ann", at("2026-03-02 11:00"), is_test=True)
    complain(home, "test", "2026-03-03 09:00", contact_id="drill", outcome="upheld", responsible_agent_id="ann")


def add_appealed(home: RawHome) -> None:
    """AP-1 thrice: 8 decided, 3 upheld against an agent, and an appeal granted about one of them."""
    for effect in ("overturned", "not_responsible", "good_faith"):
        agent = f"ap-{effect}"
        for number in range(8):
            outcome = {"outcome": "upheld", "responsible_agent_id": agent} if number < 3 else {"outcome": "not_upheld"}
            complain(home, f"{agent}-{number}", "2026-03-10 09:00", agent_id=agent, queue_id=agent, **outcome)
        appeal(home, agent, "complaint", f"{agent}-0", effect)


def add_reviews(home: RawHome) -> None:
    for number in range(50):
        review(home, f"qe1-{number}", "qe1", selection="targeted" if number else "random")
    errors = [("AT-03", 1, "severe"), ("AT-03", 2, "severe"), ("DU-02", None, "general")]
    home.add(
        "quality_errors",
        [{"review_id": "qe1-0", "error_code": code, "occurrence": n, "class": kind} for code, n, kind in errors],
    )
    # The same code found by a test call is no error of a review that happens to have the same name.
    home.add(
        "quality_errors", [{"review_id": "qe1-1", "error_code": "AT-03", "class": "severe", "check_kind": "test_call"}]
    )
    for number in range(100):
        review(home, f"qe2-{number}", "qe2", acknowledged_at=at("2026-03-16 09:00") if number < 60 else None)
        if number < 3:
            row = {"review_id": f"qe2-{number}", "error_code": "KN-02", "class": "severe", "good_faith": number == 0}
            home.add("quality_errors", [row])
    for name in ("clean", "own", "good"):
        review(home, f"appealed-{name}", "qe3")
        home.add("quality_errors", [{"review_id": f"appealed-{name}", "error_code": "KN-02", "class": "severe"}])
    appeal(home, "e1", "error", "review/appealed-clean/KN-02/1", "overturned")
    appeal(home, "e2", "error", "review/appealed-own/KN-02/1", "not_responsible")
    appeal(home, "e3", "error", "review/appealed-good/KN-02/1", "good_faith")
    review(home, "unfair", "qe4")
    appeal(home, "r1", "review", "unfair", "overturned")
    appeal(home, "r2", "review", "appealed-good", None)


def add_greetings(home: RawHome) -> None:
    """QE-4: three parts in full and one that did not apply; one short of its full score; nothing of the greeting."""
    for name, items in {
        "greeted": [("G01", "5", True), ("G02", "5", True), ("G03", "0", False), ("G04", "5", True)],
        "short": [("G01", "5", True), ("G02", "4", True)],
        "silent": [("N01", "5", True), ("N02", "5", False)],
    }.items():
        review(home, name, "greeter")
        home.add(
            "quality_review_items",
            [
                {"review_id": name, "item": item, "score": score, "max_score": "5", "is_applicable": applies}
                for item, score, applies in items
            ],
        )


def add_findings_and_tags(home: RawHome) -> None:
    found = {
        "agent_id": "fay",
        "occurred_on": "2026-03-02",
        "established_by": "eve",
        "established_at": at("2026-03-04 09:00"),
    }
    for name, told in {
        "abuse": {"kind": "abuse", "approved_by": "max", "contact_id": "co7"},
        "twice": {"kind": "abuse", "approved_by": "max", "contact_id": "co7"},
        "open": {"kind": "cold_violence"},
        "alone": {"kind": "cold_violence", "approved_by": "eve"},
        "revoked": {"kind": "other_severe", "approved_by": "max", "revoked_at": at("2026-03-05 09:00")},
        "fraud": {"kind": "fraud", "approved_by": "max"},
    }.items():
        home.add("findings", [found | {"finding_id": name} | told])
    tags = [("co7", "avoidable", "logistics", 1), ("co7", "not_avoidable", None, 2), ("co3", "avoidable", "billing", 1)]
    tags += [
        ("drill", "avoidable", "billing", 1),
        ("co3", "difficult_customer", "angry", 1),
        ("unknown", "avoidable", "billing", 1),
    ]
    for contact, tag, detail, hour in tags:
        row = {"contact_id": contact, "tag": tag, "detail": detail, "tagged_at": at("2026-03-02 12:00") + hour * HOUR}
        home.add("contact_tags", [row])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = RawHome(tmp_path_factory.mktemp("governance"), as_of=at("2026-04-01 00:00"))
    built.source("desk")
    for name in ("mia", "ann", "ben", "fay", "qe1", "qe2", "qe3", "qe4", "greeter", "ap-overturned"):
        add_person(built, name, "2026-01-01")
    for add in (add_complaints, add_appealed, add_reviews, add_greetings, add_findings_and_tags):
        add(built)
    built.build("fct_complaint", "fct_appeal", "fct_contact_tag", tested=True)
    return built


def complaint(home: RawHome, name: str, columns: str) -> tuple[Any, ...]:
    [row] = home.query(f"select {columns} from scorecard.fct_complaint where complaint_id = 'desk/{name}'")  # noqa: S608
    return row


def test_a_complaint_counts_on_its_receipt_and_for_the_team_that_had_the_contact(home: RawHome) -> None:
    told = complaint(home, "co3", "received_date::varchar, agent_id, agent_date::varchar, complaints_upheld")
    assert told == ("2026-02-03", "mia", "2026-01-28", 1)


def test_upheld_against_nobody_in_particular_is_the_centres_alone(home: RawHome) -> None:
    assert complaint(home, "nobody", "agent_id, complaints, complaints_upheld") == (None, 1, 1)


def test_a_pending_complaint_stands_under_the_agent_complained_of_else_the_last_handler(home: RawHome) -> None:
    assert complaint(home, "pending", "agent_id, complaints, complaints_decided, complaints_pending") == (
        "ben",
        1,
        0,
        1,
    )
    assert complaint(home, "unnamed", "agent_id, complaints_pending") == ("ann", 1)


def test_a_complaint_of_a_colleague_is_in_no_other_number(home: RawHome) -> None:
    measures = "complaints, complaints_decided, complaints_pending, internal_complaints"
    assert complaint(home, "internal", measures) == (0, 0, 0, 1)


def test_what_is_decided_after_the_end_of_the_data_is_pending(home: RawHome) -> None:
    told = complaint(home, "later", "complaint_outcome, decided_date, complaints_pending, complaint_decision_seconds")
    assert told == ("pending", None, 1, 0)
    assert home.query("select count(*) from scorecard.fct_complaint where complaint_id = 'desk/ahead'") == [(0,)]


def test_co_8_a_complaint_about_a_test_contact_counts_nowhere(home: RawHome) -> None:
    assert complaint(home, "test", "complaints, complaints_decided, complaints_upheld") == (0, 0, 0)


@pytest.mark.parametrize(
    ("effect", "centre", "agent", "penal"),
    [("overturned", (8, 2), (8, 2), 2), ("not_responsible", (8, 3), (7, 2), 2), ("good_faith", (8, 3), (8, 3), 2)],
)
def test_ap_1_an_appeal_granted_changes_what_its_effect_says(
    home: RawHome, effect: str, centre: tuple[int, int], agent: tuple[int, int], penal: int
) -> None:
    sums = "sum(complaints_decided)::int, sum(complaints_upheld)::int"
    table = f"from scorecard.fct_complaint where queue_id = 'ap-{effect}'"
    assert home.query(f"select {sums} {table}") == [centre]
    assert home.query(f"select {sums} {table} and agent_id = 'ap-{effect}'") == [agent]
    carried = f"select count(*) {table} and agent_id is not null and complaints_upheld = 1 and not is_good_faith"
    assert home.query(carried) == [(penal,)]


def test_qe_1_two_equal_errors_in_one_review_are_two(home: RawHome) -> None:
    told = home.query(
        "select count(*), sum(reviews_with_severe_error)::int, sum(severe_errors)::int,"
        " sum(reviews_with_general_error)::int, sum(general_errors)::int, sum(random_reviews)::int"
        " from scorecard.fct_quality_review where agent_id = 'qe1'"
    )
    assert told == [(50, 1, 2, 1, 1, 1)]


def test_an_error_in_good_faith_counts_in_every_rate_and_can_carry_no_penalty(home: RawHome) -> None:
    told = home.query(
        "select sum(review_errors)::int, sum(good_faith_errors)::int"
        " from scorecard.fct_check_error where agent_id = 'qe2'"
    )
    assert told == [(3, 1)]
    reviews = "select sum(severe_errors)::int, sum(reviews_acknowledged)::int from scorecard.fct_quality_review"
    assert home.query(f"{reviews} where agent_id = 'qe2'") == [(3, 60)]


def test_an_appeal_about_an_error_clears_the_error_the_agent_or_the_penalty(home: RawHome) -> None:
    errors = home.query(
        "select review_id, agent_id, review_errors, good_faith_errors from scorecard.fct_check_error"
        " where review_id like 'desk/appealed%' order by 1"
    )
    assert errors == [
        ("desk/appealed-clean", "qe3", 0, 0),
        ("desk/appealed-good", "qe3", 1, 1),
        ("desk/appealed-own", None, 1, 0),
    ]
    reviews = "select sum(reviews)::int, sum(severe_errors)::int from scorecard.fct_quality_review"
    assert home.query(f"{reviews} where agent_id = 'qe3'") == [(3, 1)]


def test_a_review_overturned_on_appeal_counts_nowhere(home: RawHome) -> None:
    told = home.query("select reviews, reviews_passed from scorecard.fct_quality_review where agent_id = 'qe4'")
    assert told == [(0, 0)]


def test_the_greeting_is_complete_when_every_part_that_applied_is(home: RawHome) -> None:
    told = home.query(
        "select review_id, review_items_scored, reviews_greeting_scored, reviews_greeting_complete"
        " from scorecard.fct_quality_review where agent_id = 'greeter' order by 1"
    )
    assert told == [("desk/greeted", 3, 1, 1), ("desk/short", 2, 1, 0), ("desk/silent", 1, 0, 0)]


def test_a_finding_counts_once_it_is_approved_by_another_and_once_per_contact(home: RawHome) -> None:
    told = home.query("select finding_id, is_effective, severe_incidents from scorecard.fct_finding order by 1")
    assert told == [
        ("desk/abuse", True, 1),
        ("desk/alone", False, 0),
        ("desk/fraud", True, 0),
        ("desk/open", False, 0),
        ("desk/revoked", False, 0),
        ("desk/twice", True, 0),
    ]


def test_an_appeal_belongs_to_the_agent_of_its_record_and_the_day_of_its_decision(home: RawHome) -> None:
    told = home.query(
        "select appeal_id, agent_id, appeal_date::varchar, appeals_decided, appeals_granted from scorecard.fct_appeal"
        " where subject_kind != 'complaint' order by 1"
    )
    assert told == [
        ("desk/e1", "qe3", "2026-03-25", 1, 1),
        ("desk/e2", None, "2026-03-25", 1, 1),
        ("desk/e3", "qe3", "2026-03-25", 1, 1),
        ("desk/r1", "qe4", "2026-03-25", 1, 1),
        ("desk/r2", "qe3", "2026-03-25", 1, 0),
    ]


def test_whether_a_contact_could_be_avoided_is_said_once_and_by_the_last_tag(home: RawHome) -> None:
    told = home.query(
        "select contact_key, sum(contacts_avoidability_judged)::int, sum(contacts_avoidable)::int"
        " from scorecard.fct_contact_tag group by 1 order by 1"
    )
    assert told == [("desk/co3", 1, 1), ("desk/co7", 1, 0), ("desk/drill", 0, 0), ("desk/unknown", 0, 0)]
