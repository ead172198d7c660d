"""Records of quality governance that can't be right; and files of the version before, which stay valid."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from schemas import FEEDS
from tests.support.land_home import LandHome
from tests.support.workbooks import Cell, xlsx

COMPLAINT = {"complaint_id": "b1", "received_at": "2026-01-05T09:00:00Z", "origin": "customer"}
DECIDED = {"decided_at": "2026-01-05T10:00:00Z", "decided_by": "eve"}
APPEAL = {
    "appeal_id": "o1",
    "subject_kind": "complaint",
    "subject_id": "b1",
    "filed_by": "ann",
    "filed_at": "2026-01-05T09:00:00Z",
}
PLAN = {
    "plan_id": "n1",
    "kind": "rectification",
    "subject_kind": "kpi",
    "subject_id": "transfer_rate",
    "scope_kind": "centre",
    "owner_id": "eve",
    "baseline_from": "2025-12-01",
    "baseline_to": "2026-01-01",
    "starts_on": "2026-01-01",
    "due_on": "2026-02-01",
    "state": "open",
}
TIME = {
    "record_id": "t1",
    "agent_id": "ann",
    "worked_on": "2026-01-05",
    "category": "error_work",
    "minutes": "30",
}
LISTENED = {
    "session_id": "l1",
    "agent_id": "ann",
    "monitor_id": "eve",
    "level": "supervisor",
    "mode": "live",
    "started_at": "2026-01-05T09:00:00Z",
}
STEPPED_IN = {
    "intervened_at": "2026-01-05T09:02:00Z",
    "intervention_method": "whisper",
    "intervention_accepted": "true",
}
TESTED = {
    "test_call_id": "v1",
    "kind": "direct_question",
    "agent_id": "ann",
    "tester_id": "eve",
    "called_at": "2026-01-05T09:00:00Z",
    "selection": "random",
    "passed": "true",
}
AUDITED = {
    "audit_id": "z1",
    "ticket_id": "k1",
    "agent_id": "ann",
    "auditor_id": "eve",
    "audited_at": "2026-01-05T09:00:00Z",
    "has_error": "true",
    "callback_needed": "false",
}
COACHED = {
    "coaching_id": "g1",
    "agent_id": "ann",
    "coach_id": "eve",
    "kind": "joint_listening",
    "started_at": "2026-01-05T09:00:00Z",
}
WRITTEN = {"document_id": "d1", "kind": "rule", "title": "A rule", "published_at": "2026-01-05T09:00:00Z"}
ADDRESSED = {"document_id": "d1", "agent_id": "ann", "addressed_at": "2026-01-05T09:00:00Z"}
REWARD = {
    "reward_id": "w1",
    "agent_id": "ann",
    "ground": "RG1",
    "form": "gift",
    "for_month": "2026-01-31",
    "decided_at": "2026-01-05T09:00:00Z",
}
APPROVED = {"leader_approved_by": "eve", "supervisor_approved_by": "max"}
UPHELD = DECIDED | {"outcome": "upheld", "leaf": "knowledge.wrong"}
GRANTED = DECIDED | {"outcome": "granted", "effect": "overturned"}


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def csv(row: dict[str, str]) -> str:
    return ",".join(row) + "\n" + ",".join(row.values()) + "\n"


@pytest.mark.parametrize(
    ("feed", "row"),
    [
        ("complaints", COMPLAINT),
        ("complaints", COMPLAINT | UPHELD),
        ("complaints", COMPLAINT | UPHELD | {"responsible_agent_id": "ann"}),
        # Equal instants are in order.
        ("complaints", COMPLAINT | UPHELD | {"decided_at": COMPLAINT["received_at"]}),
        ("complaints", COMPLAINT | DECIDED | {"outcome": "withdrawn"}),
        ("appeals", APPEAL),
        ("appeals", APPEAL | GRANTED),
        ("appeals", APPEAL | DECIDED | {"outcome": "rejected"}),
        ("plans", PLAN),
        ("plans", PLAN | {"scope_kind": "team", "scope_id": "north", "state": "done", "closed_on": "2026-01-05"}),
        ("time_records", TIME),
        ("time_records", TIME | {"cause_kind": "error_code", "cause_code": "KN-02"}),
        ("monitoring_sessions", LISTENED),
        ("monitoring_sessions", LISTENED | STEPPED_IN),
        # Nobody need say how he stepped in, nor whether it was taken.
        ("monitoring_sessions", LISTENED | {"intervened_at": "2026-01-05T09:02:00Z"}),
        ("monitoring_sessions", LISTENED | {"mode": "recorded", "ended_at": "2026-01-05T09:00:00Z"}),
        ("test_calls", TESTED | {"score": "100", "sample_id": "s1", "sample_seed": "7", "frame_size": "40"}),
        ("ticket_audits", AUDITED | {"corrected_at": "2026-01-05T09:00:00Z", "dispatched_at": "2026-01-05T08:00:00Z"}),
        ("coaching_sessions", COACHED | {"place": "quiet_room", "account_differs": "false"}),
        # What is to be signed is due in the future.
        ("documents", WRITTEN | {"acknowledge_by": "2026-02-05T09:00:00Z"}),
        ("document_receipts", ADDRESSED | {"read_at": "2026-01-05T10:00:00Z"}),
        ("rewards", REWARD | APPROVED | {"amount": "120000.5", "currency": "CNY", "revoked_at": REWARD["decided_at"]}),
        # One approval, or none: the reward waits.
        ("rewards", REWARD | {"leader_approved_by": "eve"}),
        ("rewards", REWARD | {"agent_id": "", "team_id": "north", "ground": "RG5", "form": "team_activity"}),
    ],
)
def test_a_record_in_order_is_taken(home: LandHome, feed: str, row: dict[str, str]) -> None:
    assert home.take(f"{feed}.csv", csv(row)).records_accepted == 1
    assert home.findings() == []


@pytest.mark.parametrize(
    ("feed", "row", "field", "check"),
    [
        ("complaints", COMPLAINT | {"outcome": "withdrawn"}, "decided_at", "stands_alone"),
        ("complaints", COMPLAINT | DECIDED, "decided_at", "stands_alone"),
        ("complaints", COMPLAINT | UPHELD | {"decided_at": "2026-01-05T08:59:59Z"}, "decided_at", "ends_before_start"),
        ("complaints", COMPLAINT | DECIDED | {"outcome": "upheld"}, "leaf", "missing_with"),
        (
            "complaints",
            COMPLAINT | UPHELD | {"outcome": "not_upheld", "responsible_agent_id": "ann"},
            "responsible_agent_id",
            "unexpected_with",
        ),
        ("complaints", COMPLAINT | {"responsible_agent_id": "ann"}, "responsible_agent_id", "unexpected_with"),
        ("complaints", COMPLAINT | {"origin": "neighbour"}, "origin", "unknown_value"),
        ("appeals", APPEAL | DECIDED | {"outcome": "granted"}, "effect", "missing_with"),
        ("appeals", APPEAL | GRANTED | {"outcome": "rejected"}, "effect", "unexpected_with"),
        ("appeals", APPEAL | GRANTED | {"decided_by": "ann"}, "decided_by", "same_person"),
        ("appeals", APPEAL | {"outcome": "rejected"}, "decided_at", "stands_alone"),
        ("plans", PLAN | {"baseline_to": "2025-12-01"}, "baseline_to", "ends_before_start"),
        ("plans", PLAN | {"baseline_to": "2026-01-02"}, "starts_on", "ends_before_start"),
        ("plans", PLAN | {"due_on": "2025-12-31"}, "due_on", "ends_before_start"),
        ("plans", PLAN | {"scope_kind": "team"}, "scope_id", "missing_with"),
        ("plans", PLAN | {"state": "done"}, "closed_on", "missing_with"),
        ("time_records", TIME | {"minutes": "0"}, "minutes", "out_of_range"),
        ("time_records", TIME | {"cause_kind": "error_code"}, "cause_code", "stands_alone"),
        (
            "monitoring_sessions",
            LISTENED | {"mode": "recorded", "intervened_at": "2026-01-05T09:02:00Z"},
            "intervened_at",
            "unexpected_with",
        ),
        ("monitoring_sessions", LISTENED | {"intervention_method": "whisper"}, "intervened_at", "missing_with"),
        ("monitoring_sessions", LISTENED | {"intervention_accepted": "false"}, "intervened_at", "missing_with"),
        ("monitoring_sessions", LISTENED | {"level": "colleague"}, "level", "unknown_value"),
        ("monitoring_sessions", LISTENED | {"ended_at": "2026-01-05T08:59:59Z"}, "ended_at", "ends_before_start"),
        ("test_calls", TESTED | {"passed": "perhaps"}, "passed", "not_a_flag"),
        ("test_calls", TESTED | {"score": "101"}, "score", "out_of_range"),
        ("test_calls", TESTED | {"kind": "loud"}, "kind", "unknown_value"),
        ("ticket_audits", AUDITED | {"has_error": ""}, "has_error", "missing_value"),
        ("coaching_sessions", COACHED | {"ended_at": "2026-01-05T08:59:59Z"}, "ended_at", "ends_before_start"),
        ("coaching_sessions", COACHED | {"kind": "shouting"}, "kind", "unknown_value"),
        ("documents", WRITTEN | {"title": "x" * 257}, "title", "bad_text"),
        ("document_receipts", ADDRESSED | {"read_at": "yesterday"}, "read_at", "not_a_time"),
        # RW-1: who approves in two roles is one pair of eyes.
        (
            "rewards",
            REWARD | APPROVED | {"supervisor_approved_by": "eve"},
            "supervisor_approved_by",
            "same_person",
        ),
        ("rewards", REWARD | {"agent_id": ""}, "agent_id", "one_of_two"),
        ("rewards", REWARD | {"team_id": "north"}, "agent_id", "one_of_two"),
        ("rewards", REWARD | {"amount": "5"}, "currency", "stands_alone"),
        ("rewards", REWARD | {"amount": "-5", "currency": "CNY"}, "amount", "negative"),
        ("rewards", REWARD | {"for_month": "January"}, "for_month", "not_a_date"),
        ("rewards", REWARD | {"decided_at": ""}, "decided_at", "missing_value"),
        ("rewards", REWARD | {"ground": ""}, "ground", "missing_value"),
        ("rewards", REWARD | {"revoked_at": "2026-01-05T08:59:59Z"}, "revoked_at", "ends_before_start"),
    ],
)
def test_a_record_out_of_order_is_refused_by_field(
    home: LandHome, feed: str, row: dict[str, str], field: str, check: str
) -> None:
    assert home.take(f"{feed}.csv", csv(row)).records_quarantined == 1
    [(line, told_field, told_check, _)] = home.findings()
    assert (line, told_field, told_check) == (2, field, check)
    assert len(home.quarantine()[0]["remedy"]) > 10


def test_an_amount_that_is_no_number_is_told_by_its_form(home: LandHome) -> None:
    home.take("rewards.csv", csv(REWARD | {"amount": "much", "currency": "CNY"}))
    assert (2, "amount", "not_a_number", "form xxxx") in home.findings()


def test_rewards_come_as_a_workbook_too(home: LandHome) -> None:
    given = REWARD | {"leader_approved_by": "eve", "amount": "12.5", "currency": "CNY"}
    day: list[Cell | str] = [Cell("12.5") if name == "amount" else value for name, value in given.items()]
    assert home.take("rewards.xlsx", xlsx({1: list(given), 2: day})).records_accepted == 1
    assert home.findings() == []
    assert home.column("rewards", "amount") == [Decimal("12.5")]


@pytest.mark.parametrize("field", ["intervention_method", "intervention_accepted"])
def test_nothing_of_a_recording_says_how_it_was_stepped_into(home: LandHome, field: str) -> None:
    row = LISTENED | {"mode": "recorded", field: STEPPED_IN[field]}
    assert home.take("monitoring_sessions.csv", csv(row)).records_quarantined == 1
    assert (2, field, "unexpected_with") in [finding[:3] for finding in home.findings()]


WORDLESS = "rewards complaints appeals findings plans actions contact_tags monitoring_sessions test_calls ticket_audits"


@pytest.mark.parametrize("feed", [*WORDLESS.split(), "coaching_sessions", "document_receipts"])
def test_no_feed_has_a_place_for_the_words_of_people(feed: str) -> None:
    columns = FEEDS[feed].model.to_schema().columns
    assert not {"text", "content", "comment", "description", "note", "title"} & set(columns)


def test_the_words_of_a_complaint_are_left_out_and_told(home: LandHome) -> None:
    home.take("complaints.csv", csv(COMPLAINT | {"text": "He shouted at me"}))
    assert home.column("complaints", "complaint_id") == ["b1"]
    assert [check for _, _, check, _ in home.findings()] == ["unknown_column"]
    assert "shouted" not in str(home.quarantine())


def test_the_customer_who_complains_is_hashed_at_the_door(home: LandHome) -> None:
    home.take("complaints.csv", csv(COMPLAINT | {"customer_id": "13800138000"}))
    [customer] = home.column("complaints", "customer_id")
    assert len(customer) == 64
    assert home.column("complaints", "is_identified") == [True]


@pytest.mark.parametrize(
    ("feed", "text"),
    [
        ("quality_errors", "review_id,error_code,class,good_faith\nr1,KN-02,severe,false\n"),
        ("quality_review_items", "review_id,item,score\nr1,G01,100\n"),
        (
            "quality_reviews",
            "review_id,agent_id,reviewer_id,mode,selection,score,reviewed_at\nr1,ann,eve,live,random,97,2026-01-05T09:00:00Z\n",
        ),
        (
            "platform_incidents",
            "incident_id,started_at,ended_at,system,kpi_groups,evidence\ni1,2026-01-05T08:00:00Z,2026-01-05T09:00:00Z,chat,response,log\n",
        ),
    ],
)
def test_a_file_of_the_version_before_is_valid(home: LandHome, feed: str, text: str) -> None:
    assert home.take(f"{feed}.csv", text).records_accepted == 1
    assert home.findings() == []
