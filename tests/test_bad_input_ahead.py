"""Times that no file can know: what happened is told two days ahead of the landing day at most, a plan at any time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.landing.found import misplaced
from schemas import FEEDS
from schemas.contract import happened_columns
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome

T = "2026-01-05T08:00:00Z"
ROWS: dict[str, dict[str, str]] = {
    "actions": {
        "action_id": "n1",
        "origin_kind": "rating",
        "origin_id": "r1",
        "kind": "briefing",
        "actor_id": "b1",
        "taken_at": T,
    },
    "agent_states": {"agent_id": "a1", "state": "ready", "started_at": T, "ended_at": "", "approved_at": ""},
    "appeals": {
        "appeal_id": "o1",
        "subject_kind": "review",
        "subject_id": "r1",
        "filed_by": "a1",
        "filed_at": T,
        "outcome": "rejected",
        "decided_at": T,
    },
    "complaints": {
        "complaint_id": "k1",
        "received_at": T,
        "origin": "customer",
        "outcome": "withdrawn",
        "decided_at": T,
    },
    "coaching_sessions": {
        "coaching_id": "g1",
        "agent_id": "a1",
        "coach_id": "b1",
        "kind": "case_study",
        "started_at": T,
        "ended_at": "",
    },
    "contact_tags": {"contact_id": "c1", "tag": "avoidable", "tagged_at": T},
    "document_receipts": {
        "document_id": "d1",
        "agent_id": "a1",
        "addressed_at": T,
        "read_at": "",
        "acknowledged_at": "",
    },
    "documents": {"document_id": "d1", "kind": "rule", "title": "A rule", "published_at": T},
    "findings": {
        "finding_id": "f1",
        "agent_id": "a1",
        "kind": "abuse",
        "occurred_on": "2026-01-05",
        "established_at": T,
        "established_by": "b1",
        "revoked_at": "",
    },
    "contact_events": {"contact_id": "c1", "event_type": "queued", "occurred_at": T},
    "contacts": {"contact_id": "c1", "channel": "web", "direction": "inbound", "started_at": T, "ended_at": ""},
    "messages": {"message_id": "m1", "contact_id": "c1", "sent_at": T, "sender": "customer", "is_manual": "true"},
    "monitoring_sessions": {
        "session_id": "l1",
        "agent_id": "a1",
        "monitor_id": "b1",
        "level": "supervisor",
        "mode": "live",
        "started_at": T,
        "ended_at": "",
        "intervened_at": "",
    },
    "observations": {"agent_id": "a1", "kind": "wrap_up", "seconds": "9", "observer_id": "o1", "observed_at": T},
    "platform_incidents": {
        "incident_id": "i1",
        "started_at": T,
        "ended_at": T,
        "system": "chat",
        "kpi_groups": "access",
        "evidence": "T-1",
        "approved_by": "b1",
        "approved_at": T,
        "revoked_at": "",
    },
    "quality_reviews": {
        "review_id": "r1",
        "agent_id": "a1",
        "reviewer_id": "b1",
        "mode": "after",
        "selection": "random",
        "score": "90",
        "reviewed_at": T,
    },
    "ratings": {"contact_id": "c1", "invited_at": T, "delivered_at": "", "rated_at": ""},
    "recognitions": {"recognition_id": "p1", "agent_id": "a1", "kind": "other", "received_at": T},
    "site_visits": {"visited_on": "2026-01-05", "channel": "web", "visitors": "5"},
    "test_calls": {
        "test_call_id": "v1",
        "kind": "silent",
        "agent_id": "a1",
        "tester_id": "b1",
        "called_at": T,
        "selection": "random",
        "passed": "true",
    },
    "ticket_audits": {
        "audit_id": "z1",
        "ticket_id": "k1",
        "agent_id": "a1",
        "auditor_id": "b1",
        "audited_at": T,
        "has_error": "false",
        "corrected_at": "",
        "dispatched_at": "",
        "callback_needed": "false",
        "callback_at": "",
    },
    "time_records": {
        "record_id": "t1",
        "agent_id": "a1",
        "worked_on": "2026-01-05",
        "category": "training",
        "minutes": "60",
    },
    "surveys": {"survey_id": "u1", "invited_at": T, "delivered_at": "", "answered_at": ""},
    "social_mentions": {"mention_id": "m1", "site": "blog", "posted_at": T, "sentiment": "neutral"},
    "self_reports": {
        "agent_id": "a1",
        "kpi_id": "contacts_handled",
        "half": "noon",
        "reported_at": T,
        "value": "12",
        "decimals": "0",
    },
    "rewards": {
        "reward_id": "w1",
        "agent_id": "a1",
        "ground": "RG1",
        "form": "bonus",
        "for_month": "2026-01-01",
        "decided_at": T,
    },
    "meetings": {"meeting_id": "e1", "kind": "campaign", "held_at": T},
    "skill_tests": {
        "test_id": "l1",
        "agent_id": "a1",
        "kind": "training",
        "item": "KP1",
        "score": "80",
        "taken_on": "2026-01-05",
    },
    "staff_surveys": {
        "team_id": "t1",
        "surveyed_on": "2026-01-05",
        "question": "satisfaction",
        "invited": "9",
        "respondents": "8",
        "score_sum": "600",
    },
    "forecasts": {
        "channel": "web",
        "starts_at": "2026-03-01T09:00:00Z",
        "minutes": "30",
        "contacts": "4",
        "made_at": T,
    },
}
LATER_ENDS = {
    ("platform_incidents", "started_at"): "ended_at",
    ("complaints", "received_at"): "decided_at",
    ("appeals", "filed_at"): "decided_at",
    ("surveys", "invited_at"): "answered_at",
}
"""Starts that are moved together with their end: nothing of these feeds ends before it starts."""
HAPPENED = [(feed, column) for feed in FEEDS for column in happened_columns(FEEDS[feed])]


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def csv(feed: str, **changed: str) -> str:
    row = ROWS[feed] | changed
    return ",".join(row) + "\n" + ",".join(row.values()) + "\n"


def test_one_contact_dated_2099_is_in_quarantine_and_the_sound_ones_are_not(home: LandHome) -> None:
    typo = "typo,u3,web,inbound,2099-01-05T09:00:00Z,2099-01-05T09:05:00Z\n"
    record = home.take("contacts_typo.csv", CONTACTS_HEADER + GOOD_CONTACT + typo)
    assert home.column("contacts", "contact_id") == ["c1"]
    assert sorted(home.findings()) == [
        (3, "ended_at", "after_landing_day", "2099-01-05T09:05:00Z"),
        (3, "started_at", "after_landing_day", "2099-01-05T09:00:00Z"),
    ]
    assert (record.records_accepted, record.records_quarantined) == (1, 1)
    assert record.last_at is not None
    assert record.last_at.isoformat() == "2026-01-05T08:00:00+00:00"


@pytest.mark.parametrize(("feed", "column"), HAPPENED)
def test_no_time_of_what_happened_lies_three_days_ahead(home: LandHome, feed: str, column: str) -> None:
    is_day = column.endswith("_on")
    ahead, bound = ("2026-01-08", "2026-01-07") if is_day else ("2026-01-08T00:00:00Z", "2026-01-07T23:59:59Z")
    home.take(f"{feed}_bound.csv", csv(feed, **{column: bound} | later_end(feed, column, bound)))
    assert home.findings() == []
    home.take(f"{feed}_ahead.csv", csv(feed, **{column: ahead} | later_end(feed, column, ahead)))
    assert (2, column, "after_landing_day", ahead) in home.findings()
    assert len(home.rows(feed)) == 1


def later_end(feed: str, column: str, start: str) -> dict[str, str]:
    """What ends with that start, if anything does."""
    return {LATER_ENDS[feed, column]: start} if (feed, column) in LATER_ENDS else {}


def test_plans_may_lie_ahead(home: LandHome) -> None:
    home.take("shifts.csv", "agent_id,starts_at,ends_at\na1,2026-03-01T08:00:00Z,2026-03-01T16:00:00Z\n")
    home.take("team_memberships.csv", "agent_id,team_id,valid_from,valid_to,is_home_team\na1,t1,2026-03-01,,true\n")
    assert home.findings() == []


def test_nothing_lands_on_a_day_to_come(home: LandHome) -> None:
    # The folder's slip of the pen would let every instant up to then pass.
    year = datetime.now(UTC).year + 70
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("2026-", f"{year}-"), day=date(year, 1, 5))
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT, day=tomorrow)
    assert list(home.take_all()) == ["contacts.csv"]
    assert home.column("contacts", "landing_day") == [tomorrow]
    told = f"landing/desk/{year}-01-05: is no landing day from 1990 to 2 days ahead of this machine's clock."
    assert misplaced(home.home, home.centre) == [f"{told} Remedy: move it into a folder such as 2026-01-05."]
