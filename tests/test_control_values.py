"""Listening, tests, audits, talks and documents: ML-1 to ML-3, TA-1, TA-2, DO-1, CT-1, CT-2, DS-1, TC-1, QE-3."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.control import address, audit, call, coach, document, listen, step_in
from tests.support.governance import appeal, complain, review
from tests.support.mart_home import build_mart, value_row
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

LEVELS = ("director", "duty_manager", "supervisor", "team_leader")


def work(home: RawHome, agent: str, *days: str, team: str = "") -> None:
    """A person of a team who has one contact on each of these days at 10:00."""
    if team:
        add_member(home, agent, team, "2025-01-01")
    for day in days:
        add_chat(home, f"{agent}-{day}", agent, at(f"{day} 10:00"))


def add_coverage(home: RawHome) -> None:
    """ML-1: 50 agents, of whom 5, 20, 40 and 45 are heard, the same 3 at all levels.

    The directors hear three of these and two whom nobody else hears; of the other levels each begins with the three.
    """
    agents = [f"m{number:02d}" for number in range(50)]
    for agent in agents:
        add_person(home, agent, "2025-01-01")
        work(home, agent, "2026-03-02", team="ml1")
    # m00 to m02 are heard by all; m03, m04 by directors and team leaders, never by duty managers.
    heard = {"director": agents[:5], "duty_manager": agents[:3] + agents[5:22], "supervisor": agents[:3] + agents[5:42]}
    heard["team_leader"] = agents[:45]
    for level, people in heard.items():
        for agent in people:
            listen(home, f"ml1-{level}-{agent}", agent, level, "2026-03-03 09:00")
    # A leader at work is none of those to be heard, and a listener to one who was not at work hears nobody.
    add_person(home, "boss", "2025-01-01", role="supervisor")
    work(home, "boss", "2026-03-02", team="ml1")
    listen(home, "ml1-boss", "boss", "director", "2026-03-03 09:00")
    add_person(home, "away", "2025-01-01")
    add_member(home, "away", "ml1", "2025-01-01")
    listen(home, "ml1-away", "away", "director", "2026-03-03 09:00")


def add_levels_and_moves(home: RawHome) -> None:
    """ML-2: heard twice by supervisors and once by his leader; a mover who is heard before he moves."""
    work(home, "two", "2026-02-02", team="ml2")
    for name, level in (("a", "supervisor"), ("b", "supervisor"), ("c", "team_leader")):
        listen(home, f"ml2-{name}", "two", level, "2026-02-03 09:00")
    add_member(home, "mover", "from", "2025-01-01", "2026-02-16")
    add_member(home, "mover", "to", "2026-02-16")
    work(home, "mover", "2026-02-12", "2026-02-20")
    listen(home, "ml2-mover", "mover", "supervisor", "2026-02-10 09:00")


def add_quarter(home: RawHome) -> None:
    """ML-3: 52 at work in the quarter; 20 heard in January, 25 in February, 10 of them in both, none in March."""
    agents = [f"q{number:02d}" for number in range(52)]
    for agent in agents:
        work(home, agent, "2025-10-06", team="ml3")
    for agent in agents[:20]:
        listen(home, f"ml3-1-{agent}", agent, "supervisor", "2025-10-07 09:00")
    for agent in agents[10:35]:
        listen(home, f"ml3-2-{agent}", agent, "supervisor", "2025-11-07 09:00")


def add_interventions(home: RawHome) -> None:
    """Ten steps in by one supervisor: nine by allowed means, four accepted; another one nobody said how of."""
    add_member(home, "helped", "helped", "2025-01-01")
    add_member(home, "helper", "managers", "2025-01-01")
    for number in range(10):
        method = "knock_on_desk" if number == 9 else "whisper"
        step_in(home, f"i{number}", "helped", method, monitor_id="helper", intervention_accepted=number < 4)
    step_in(home, "i-unsaid", "other", None, monitor_id="silent")


def add_audits(home: RawHome) -> None:
    """TA-1: 100 audited, 8 wrong, 7 of them corrected before they went out; TA-2: the order of what was done."""
    add_member(home, "ta1", "ta1", "2025-01-01")
    for number in range(100):
        told: dict[str, Any] = {"dispatched_at": at("2026-03-05 10:30")}
        if number < 8:
            told |= {"has_error": True, "corrected_at": at("2026-03-05 10:10" if number < 7 else "2026-03-05 11:00")}
        audit(home, f"ta1-{number}", "ta1", "2026-03-05 10:00", **told)
    wrong: dict[str, Any] = {"has_error": True}
    cases = {
        "called": wrong | {"callback_needed": True, "callback_at": at("2026-03-05 10:25")},
        "leaked": wrong | {"corrected_at": at("2026-03-05 11:00"), "dispatched_at": at("2026-03-05 10:30")},
        "caught": wrong | {"corrected_at": at("2026-03-05 10:30"), "dispatched_at": at("2026-03-05 10:30")},
        "kept": wrong,
        "waiting": wrong | {"callback_needed": True, "callback_at": at("2026-06-05 10:25")},
        "overturned": wrong | {"dispatched_at": at("2026-03-05 10:30")},
    }
    for name, told in cases.items():
        audit(home, f"ta2-{name}", "ta2", "2026-03-05 10:00", **told)
    add_member(home, "ta2", "ta2", "2025-01-01")
    appeal(home, "unfair", "audit", "ta2-overturned", "overturned")


def add_documents(home: RawHome) -> None:
    """DO-1: due on 6 March at 18:00:00 by three; one left the day before, one was addressed at 19:00."""
    document(home, "do1", "2026-03-06 18:00")
    for agent in ("intime", "late", "never", "after"):
        add_member(home, agent, "do1", "2025-01-01")
    add_person(home, "gone", "2025-01-01", "2026-03-05")
    add_member(home, "gone", "do1", "2025-01-01")
    address(home, "do1", "intime", "2026-03-06 18:00:00")
    address(home, "do1", "late", "2026-03-06 18:00:01")
    address(home, "do1", "never")
    address(home, "do1", "gone")
    address(home, "do1", "after", "2026-03-06 19:10", addressed="2026-03-06 19:00")
    document(home, "ahead", "2026-06-01 18:00")
    address(home, "ahead", "intime")
    document(home, "post", kind="post")
    address(home, "post", "intime", "2026-03-02 10:00")


def add_talks(home: RawHome) -> None:
    """CT-1: 12 minutes after the call, and exactly 20; CT-2: counted from the end of the agent's own leg."""
    add_chat(home, "ct1", "ct1", at("2026-03-09 10:00"), 10)
    coach(home, "ct1-early", "ct1", "2026-03-09 10:22", coach_id="ct1-coach", contact_id="ct1")
    coach(home, "ct1-late", "ct1", "2026-03-09 10:30", coach_id="ct1-coach", contact_id="ct1")
    # His leg ends at 10:10, the contact with a colleague at 10:40.
    add_chat(home, "ct2", ["ct2", "friend"], at("2026-03-09 09:40"), 60)
    coach(home, "ct2-late", "ct2", "2026-03-09 10:30", coach_id="ct2-coach", contact_id="ct2")
    coach(home, "ct2-early", "ct2", "2026-03-09 10:29:59", coach_id="ct2-coach", contact_id="ct2")
    coach(home, "ct2-alone", "ct2", "2026-03-09 10:00", coach_id="ct2-coach")
    coach(home, "ct2-unknown", "ct2", "2026-03-09 10:00", coach_id="ct2-coach", contact_id="nobody")


def add_defects(home: RawHome) -> None:
    """DS-1: 6 failed test calls; 4 live reviews and 7 tickets; 10 reviews, 1 leaked ticket, 3 complaints upheld."""
    add_member(home, "ds1", "ds1", "2025-01-01")
    for number in range(8):
        call(home, f"ds1-{number}", "ds1", "2026-03-10 09:00", passed=number >= 6)
    for number in range(14):
        contact = f"ds1-{number}"
        add_chat(home, contact, "ds1", at("2026-03-10 10:00") + timedelta(minutes=number), 1)
        mode = {"mode": "live"} if number < 4 else {}
        review(home, contact, "ds1", contact_id=contact, **mode)
        home.add("quality_errors", [{"review_id": contact, "error_code": "AT-01", "class": "general"}])
    review(home, "ds1-clean", "ds1")
    for number in range(8):
        corrected = at("2026-03-10 10:00") if number < 7 else None
        told = {"has_error": True, "corrected_at": corrected, "dispatched_at": at("2026-03-10 12:00")}
        audit(home, f"ds1-{number}", "ds1", "2026-03-10 09:00", **told)
    # One of the three is about the contact of a review.
    add_chat(home, "ds1-other", "ds1", at("2026-03-10 13:00"), 1)
    for number, contact in enumerate(("ds1-9", "ds1-other", None)):
        told = {"contact_id": contact, "outcome": "upheld", "responsible_agent_id": "ds1"}
        complain(home, f"ds1-{number}", "2026-03-12 09:00", **told)
    # What was listened to while it went on, and a live review of what a customer complained of as well.
    listen(home, "live", "ds2", "supervisor", "2026-03-10 09:00", mode="live")
    listen(home, "recorded", "ds2", "supervisor", "2026-03-10 09:00")
    error = {"check_kind": "monitoring", "error_code": "AT-02", "class": "general"}
    home.add("quality_errors", [error | {"review_id": name} for name in ("live", "recorded")])
    add_chat(home, "both", "ds3", at("2026-03-10 14:00"), 1)
    review(home, "both", "ds3", contact_id="both", mode="live")
    home.add("quality_errors", [{"review_id": "both", "error_code": "AT-01", "class": "general"}])
    complain(home, "both", "2026-03-12 09:00", contact_id="both", outcome="upheld", responsible_agent_id="ds3")


def add_tests(home: RawHome) -> None:
    """TC-1: 205 contacts, five of them test calls of the feed; QE-3: the error of a test call that failed."""
    for number in range(205):
        add_chat(home, f"tc1-{number}", "tc1", at("2026-03-04 09:00") + timedelta(minutes=number), 1, queue="tc1")
        if number < 5:
            told = {"kind": "simulated_customer", "contact_id": f"tc1-{number}"}
            call(home, f"tc1-{number}", "tc1", "2026-03-04 09:00", passed=number < 4, **told)
    home.add(
        "quality_errors",
        [{"review_id": "tc1-4", "error_code": "KN-02", "class": "severe", "check_kind": "test_call"}],
    )
    review(home, "tc1-4", "tc1")
    # Listening to a test says nothing about service.
    listen(home, "tc1-test", "tc1", "supervisor", "2026-03-04 09:00", contact_id="tc1-0", difficulty="system")
    for number, difficulty in enumerate(("system", "policy", "system", None)):
        listen(home, f"tc1-{number}", "tc1", "supervisor", "2026-03-04 09:30", difficulty=difficulty)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    folder = tmp_path_factory.mktemp("control")
    home = RawHome(folder, as_of=at("2026-04-01 00:00"))
    home.source(
        "desk", recorded_from={"monitoring": "2025-10-01", "test_calls": "2026-01-01", "documents": "2026-01-01"}
    )
    parts = (add_coverage, add_levels_and_moves, add_quarter, add_interventions, add_audits, add_documents)
    for add in (*parts, add_talks, add_defects, add_tests):
        add(home)
    build_mart(home, "fct_cause_pareto", "fct_appeal", "fct_document_cascade")
    return home


def value(home: RawHome, kpi: str, kind: str, scope: str, period: str = "month", start: str = "2026-03-01") -> Any:
    return value_row(home.folder, kpi, kind, scope, period, start)


def parts(home: RawHome, kpi: str, kind: str, scope: str, **period: str) -> tuple[float | None, float | None]:
    row = value(home, kpi, kind, scope, **period)
    return row["numerator"], row["denominator"]


@pytest.mark.parametrize(
    ("level", "heard", "share"),
    [
        ("director", 5, 0.1),
        ("duty_manager", 20, 0.4),
        ("supervisor", 40, 0.8),
        ("team_leader", 45, 0.9),
        ("all", 3, 0.06),
    ],
)
def test_ml_1_each_level_and_all_four_hear_a_part_of_those_at_work(
    home: RawHome, level: str, heard: int, share: float
) -> None:
    row = value(home, f"monitoring_coverage_{level}", "team", "ml1")
    assert (row["numerator"], row["denominator"], row["n"]) == (heard, 50, 50)
    assert row["value"] == pytest.approx(share)


def test_ml_2_who_is_heard_twice_counts_once_and_a_mover_where_he_was_heard(home: RawHome) -> None:
    february = {"start": "2026-02-01"}
    told = {level: parts(home, f"monitoring_coverage_{level}", "team", "ml2", **february) for level in (*LEVELS, "all")}
    assert told == {
        "director": (0, 1),
        "duty_manager": (0, 1),
        "supervisor": (1, 1),
        "team_leader": (1, 1),
        "all": (0, 1),
    }
    assert parts(home, "monitoring_coverage_supervisor", "team", "from", **february) == (1, 1)
    assert parts(home, "monitoring_coverage_supervisor", "team", "to", **february) == (0, 1)
    # He and the other one of February.
    assert parts(home, "monitoring_coverage_supervisor", "centre", "centre", **february) == (2, 2)


def test_ml_3_a_quarter_counts_people_and_not_the_people_of_its_months(home: RawHome) -> None:
    row = value(home, "monitoring_coverage_supervisor", "team", "ml3", "quarter", "2025-10-01")
    assert (row["numerator"], row["denominator"]) == (35, 52)
    assert row["value"] == pytest.approx(0.673, abs=5e-4)


def test_before_anybody_listened_nothing_is_recorded(home: RawHome) -> None:
    assert value(home, "live_monitoring_share", "centre", "centre", "all", "2025-10-06")["denominator"] > 0
    coverage = home.query(
        "select count(*) from scorecard.fct_kpi_value where kpi_id like 'monitoring_coverage%'"
        " and (scope_kind not in ('team', 'centre') or period_kind in ('day', 'week', 'trailing_7'))"
    )
    assert coverage == [(0,)]


def test_how_somebody_steps_in_is_the_managers_and_whether_it_is_taken_the_agents_team(home: RawHome) -> None:
    assert parts(home, "intervention_allowed_rate", "agent", "helper") == (9, 10)
    assert parts(home, "intervention_allowed_rate", "team", "managers") == (9, 10)
    assert value(home, "intervention_allowed_rate", "agent", "helper")["lower_bound"] == 1
    assert parts(home, "intervention_accepted_rate", "team", "helped") == (4, 10)
    assert parts(home, "intervention_allowed_rate", "agent", "silent") == (0, 1)
    assert parts(home, "intervention_allowed_rate", "centre", "centre") == (9, 11)


def test_ta_1_tickets_wrong_and_tickets_that_went_out_wrong(home: RawHome) -> None:
    assert parts(home, "ticket_audit_error_rate", "agent", "ta1") == (8, 100)
    assert parts(home, "ticket_leakage_rate", "agent", "ta1") == (1, 100)
    assert parts(home, "ticket_leakage_rate", "agent", "ta1", period="day", start="2026-03-05") == (1, 100)


def test_ta_2_corrected_in_the_second_of_dispatch_is_caught_and_what_stays_is_not_leaked(
    home: RawHome,
) -> None:
    told = home.query(
        "select audit_id, tickets_wrong, tickets_leaked, is_caught, ticket_callbacks_made, ticket_callback_seconds::int"
        " from scorecard.fct_ticket_audit where agent_id = 'ta2' order by 1"
    )
    assert told == [
        ("desk/ta2-called", 1, 0, False, 1, 1500),
        ("desk/ta2-caught", 1, 0, True, 0, 0),
        ("desk/ta2-kept", 1, 0, False, 0, 0),
        ("desk/ta2-leaked", 1, 1, False, 0, 0),
        ("desk/ta2-overturned", 0, 0, False, 0, 0),
        ("desk/ta2-waiting", 1, 0, False, 0, 0),
    ]
    assert parts(home, "ticket_callback_rate", "team", "ta2") == (1, 2)
    assert parts(home, "ticket_callback_time", "team", "ta2") == (1500, 1)
    assert home.query("select agent_id from scorecard.fct_appeal where subject_kind = 'audit'") == [("ta2",)]


def test_do_1_due_is_what_was_addressed_in_time_to_who_was_there_and_equal_is_in_time(home: RawHome) -> None:
    row = value(home, "document_acknowledgement_rate", "team", "do1")
    assert (row["numerator"], row["denominator"]) == (1, 3)
    assert row["value"] == pytest.approx(1 / 3)


def test_a_document_counts_as_read_on_the_day_on_which_it_was_addressed(home: RawHome) -> None:
    # Of do1 three of five, of the one that is due later none, the post.
    assert parts(home, "document_read_rate", "team", "do1") == (4, 7)
    week = {"period": "week", "start": "2026-03-02"}
    assert parts(home, "document_read_rate", "agent", "intime", **week) == (2, 3)
    assert parts(home, "document_acknowledgement_rate", "agent", "after") == (0, 0)


def test_without_settings_nothing_is_called_signed_and_not_known(home: RawHome) -> None:
    told = home.query("select distinct is_signed_not_known from scorecard.fct_document_cascade")
    assert told == [(None,)]


@pytest.mark.parametrize("coach_of", ["ct1-coach", "ct2-coach"])
def test_ct_1_and_ct_2_a_talk_waits_twenty_minutes_from_the_end_of_the_agents_own_part(
    home: RawHome, coach_of: str
) -> None:
    assert parts(home, "coaching_delay_compliance", "agent", coach_of) == (1, 2)


def test_ds_1_one_record_is_one_defect_and_a_complaint_about_a_reviewed_contact_none_of_its_own(home: RawHome) -> None:
    told = [parts(home, f"defects_caught_{stage}_share", "team", "ds1") for stage in ("before", "during", "after")]
    assert told == [(6, 30), (11, 30), (13, 30)]
    values = [value(home, f"defects_caught_{stage}_share", "team", "ds1")["value"] for stage in ("before", "after")]
    assert values == pytest.approx([0.2, 0.4333], abs=5e-5)


def test_only_what_could_still_be_put_right_was_caught_during(home: RawHome) -> None:
    found = "select found_in, stage from scorecard.fct_defect where agent_id = '{}'"
    assert home.query(found.format("ds2")) == [("monitoring", "during")]
    # A live review of a contact that a customer complained of: one defect, found too late.
    assert home.query(found.format("ds3")) == [("review", "after")]


def test_tc_1_contacts_of_test_calls_are_no_production(home: RawHome) -> None:
    assert parts(home, "contacts_handled", "queue", "tc1") == (200, None)
    assert parts(home, "test_call_pass_rate", "agent", "tc1") == (4, 5)
    assert parts(home, "test_call_pass_rate_simulated", "agent", "tc1") == (4, 5)
    assert parts(home, "test_call_pass_rate_direct", "agent", "tc1") == (0, 0)
    assert home.query("select count(*) from scorecard.fct_contact where queue_id = 'tc1' and is_test") == [(5,)]


def test_qe_3_an_error_of_a_failed_test_call_is_a_defect_before_and_none_of_a_review(home: RawHome) -> None:
    found = home.query("select found_in, defects_before, defects from scorecard.fct_defect where agent_id = 'tc1'")
    assert found == [("test_call", 1, 1)]
    assert parts(home, "severe_error_rate", "agent", "tc1") == (0, 1)


def test_difficulties_that_managers_find_are_a_family_of_causes(home: RawHome) -> None:
    told = home.query(
        "select cause, events, people from scorecard.fct_cause_pareto"
        " where family = 'difficulty' and scope_kind = 'centre' and period_kind = 'month' order by position"
    )
    assert told == [("system", 2, 1), ("policy", 1, 1)]


def test_a_listening_to_a_test_stands_as_a_row_with_nothing_to_count(home: RawHome) -> None:
    told = home.query(
        "select monitoring_sessions, live_sessions from scorecard.fct_monitoring_session"
        " where session_id = 'desk/tc1-test'"
    )
    assert told == [(0, 0)]
