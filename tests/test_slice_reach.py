"""How far one changed row of each feed reaches in the core facts: exactly these dates, worked by hand, and no others.

Five chats of three customers, one on each of five days; the customer of the first comes back on the second day and
long after. What is said of a contact within seven days after another of its customer changes that one too.
"""

from __future__ import annotations

import pytest

from schemas import FEEDS
from tests.equality.reach import Reach
from tests.equality.scenario import Drop
from tests.support.compiled import CENTRE, compiled_project

CORE = """
    fct_contact fct_contact_leg fct_queue_visit fct_agent_offer fct_message_turn fct_rating bridge_rating_agent
    fct_quality_review fct_agent_day fct_agent_state_day fct_headcount_day dim_agent_day bridge_agent_team_day
    fct_leaver fct_site_visit fct_incident fct_check_error fct_complaint fct_appeal fct_finding fct_contact_tag
    fct_cause_record fct_plan fct_monitoring_session fct_intervention fct_test_call fct_ticket_audit fct_coaching
    fct_document_receipt fct_document_due fct_defect fct_reward fct_points_event dim_code
    fct_service_record fct_team_record fct_forecast_interval fct_self_report fct_skill_test
"""
DAYS = {"k1": "2026-03-02", "k2": "2026-03-05", "k3": "2026-03-12", "k4": "2026-03-16", "k5": "2026-03-20"}
AGENTS = {"k1": "ann", "k2": "bob", "k3": "x9", "k4": "ann", "k5": "bob"}
CUSTOMERS = {"k1": "c", "k2": "c", "k3": "d", "k4": "c", "k5": "e"}
HEADERS = {
    "contacts": "contact_id,customer_id,channel,direction,queue_id,started_at,ended_at",
    "contact_events": "event_id,contact_id,occurred_at,event_type,agent_id,queue_id",
    "messages": "message_id,contact_id,sent_at,sender,agent_id,is_manual",
    "ratings": "rating_id,contact_id,invited_at,delivered_at,rated_at,stars",
    "quality_reviews": "review_id,contact_id,agent_id,reviewer_id,mode,selection,score,reviewed_at",
    "quality_errors": "review_id,error_code,class,good_faith",
    "quality_review_items": "review_id,item,score",
    "agent_states": "agent_id,state,started_at,ended_at",
    "staff": "agent_id,name,role,employment,fte,valid_from",
    "teams": "team_id,name,valid_from",
    "team_memberships": "agent_id,team_id,valid_from,valid_to,is_home_team",
    "agent_accounts": "source_id,account,agent_id,valid_from",
    "queues": "queue_id,name,channel,kind,valid_from",
    "platform_incidents": "incident_id,started_at,ended_at,channel,system,kpi_groups,evidence,approved_by,approved_at",
    "site_visits": "visited_on,channel,entry_point,visitors",
    "observations": "agent_id,contact_id,kind,seconds,observer_id,observed_at",
    "recognitions": "recognition_id,agent_id,contact_id,kind,received_at",
    "shifts": "agent_id,starts_at,ends_at",
    "complaints": "complaint_id,received_at,origin,contact_id,agent_id,leaf,outcome,decided_at",
    "appeals": "appeal_id,subject_kind,subject_id,filed_by,filed_at,outcome,decided_at,effect",
    "findings": "finding_id,agent_id,kind,occurred_on,contact_id,established_at,established_by,approved_by",
    "plans": "plan_id,kind,subject_kind,subject_id,scope_kind,owner_id,baseline_from,baseline_to,starts_on,due_on,"
    "state",
    "actions": "action_id,origin_kind,origin_id,kind,actor_id,taken_at",
    "contact_tags": "contact_id,tag,detail,tagged_at",
    "time_records": "record_id,agent_id,worked_on,category,minutes",
    "monitoring_sessions": "session_id,agent_id,monitor_id,level,mode,contact_id,started_at,difficulty",
    "test_calls": "test_call_id,kind,agent_id,tester_id,called_at,contact_id,selection,passed",
    "ticket_audits": "audit_id,ticket_id,contact_id,agent_id,auditor_id,audited_at,has_error,callback_needed",
    "coaching_sessions": "coaching_id,agent_id,coach_id,kind,contact_id,started_at",
    "documents": "document_id,kind,title,published_at,acknowledge_by",
    "document_receipts": "document_id,agent_id,addressed_at,acknowledged_at",
    "surveys": "survey_id,contact_id,invited_at,delivered_at,answered_at,needs_follow_up",
    "social_mentions": "mention_id,site,posted_at,sentiment",
    "self_reports": "agent_id,kpi_id,half,reported_at,value,decimals",
    "meetings": "meeting_id,kind,team_id,held_at",
    "skill_tests": "test_id,agent_id,kind,item,score,taken_on",
    "staff_surveys": "team_id,surveyed_on,question,invited,respondents,score_sum",
    "rewards": "reward_id,agent_id,ground,form,for_month,decided_at,leader_approved_by,supervisor_approved_by",
    "forecasts": "queue_id,starts_at,minutes,contacts,made_at",
}


def base() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {feed: [] for feed in HEADERS}
    for contact, day in DAYS.items():
        agent = AGENTS[contact]
        rows["contacts"].append(f"{contact},{CUSTOMERS[contact]},web,inbound,q1,{day}T09:00:00Z,{day}T09:10:00Z")
        for number, (kind, who) in enumerate((("queued", ""), ("connected", agent), ("ended", ""))):
            rows["contact_events"].append(f"{contact}{number},{contact},{day}T09:0{number * 4}:00Z,{kind},{who},q1")
        rows["messages"].append(f"{contact}a,{contact},{day}T09:05:00Z,customer,,true")
        rows["messages"].append(f"{contact}b,{contact},{day}T09:06:00Z,agent,{agent},true")
        rows["agent_states"] += [f"{who},ready,{day}T08:00:00Z,{day}T18:00:00Z" for who in ("ann", "bob")]
        rows["site_visits"].append(f"{day},web,home,20")
    rows["ratings"].append("r1,k1,2026-03-02T09:12:00Z,2026-03-02T09:12:00Z,2026-03-02T09:20:00Z,5")
    rows["quality_reviews"].append("w1,k1,ann,eve,after,random,90,2026-03-03T10:00:00Z")
    rows["staff"] = [f"{who},{who},agent,full,1,2026-01-01" for who in ("ann", "bob")]
    rows["teams"] = ["north,North,2026-01-01", "south,South,2026-01-01"]
    rows["team_memberships"] = [f"{who},north,2026-01-01,,true" for who in ("ann", "bob")]
    rows["agent_accounts"] = ["desk,x9,bob,2026-03-01"]
    rows["queues"] = ["q1,Care,web,normal,2026-01-01"]
    rows["platform_incidents"] = ["i1,2026-03-12T08:00:00Z,2026-03-12T10:00:00Z,web,chat,response,log,,"]
    rows["shifts"] = ["ann,2026-03-05T08:00:00Z,2026-03-05T18:00:00Z"]
    return rows


def files(day: str, rows: dict[str, list[str]]) -> dict[str, str]:
    return {f"desk/{day}/{feed}.csv": "\n".join([HEADERS[feed], *told, ""]) for feed, told in rows.items() if told}


@pytest.fixture(scope="module")
def reach(tmp_path_factory: pytest.TempPathFactory) -> Reach:
    dropped = {place: text.encode() for place, text in files("2026-03-21", base()).items()}
    return Reach(tmp_path_factory.mktemp("reach"), compiled_project(), Drop(dropped, CENTRE), tuple(CORE.split()))


def of(dates: set[str], tables: str) -> dict[str, set[str]]:
    return dict.fromkeys(tables.split(), dates)


SINCE = {f"2026-03-{day}" for day in range(14, 21)}
"""From the first day of a version to the day that data reach."""
REACH: dict[str, tuple[str, dict[str, set[str]]]] = {
    # The customer's contact three days before is no longer followed by this one.
    "contacts": (
        "k2,d,web,inbound,q1,2026-03-05T09:00:00Z,2026-03-05T09:10:00Z",
        of({"2026-03-02", "2026-03-05"}, "fct_contact fct_contact_leg fct_queue_visit"),
    ),
    "contact_events": (
        "k32,k3,2026-03-12T09:09:00Z,ended,,q1",
        of({"2026-03-12"}, "fct_agent_day fct_contact fct_contact_leg fct_queue_visit"),
    ),
    "messages": (
        "k3b,k3,2026-03-12T09:07:00Z,agent,x9,true",
        of({"2026-03-12"}, "fct_contact fct_contact_leg fct_queue_visit"),
    ),
    # A rating is of its contact's date and never reaches the contact itself.
    "ratings": (
        "r2,k3,2026-03-12T09:12:00Z,2026-03-12T09:12:00Z,2026-03-12T09:20:00Z,4",
        of({"2026-03-12"}, "fct_rating bridge_rating_agent"),
    ),
    "quality_reviews": (
        "w1,k1,ann,eve,after,random,80,2026-03-04T10:00:00Z",
        of({"2026-03-03", "2026-03-04"}, "fct_quality_review fct_agent_day") | {"dim_agent_day": {"2026-03-03"}},
    ),
    # A code on no list stands under itself in the table of codes.
    "quality_errors": (
        "w1,tone,severe,false",
        of({"2026-03-03"}, "fct_quality_review fct_check_error fct_cause_record fct_defect") | {"dim_code": {"None"}},
    ),
    "quality_review_items": ("w1,greeting,3", {"fct_quality_review": {"2026-03-03"}}),
    "agent_states": (
        "ann,busy,2026-03-12T08:00:00Z,2026-03-12T18:00:00Z",
        of({"2026-03-12"}, "fct_agent_day fct_agent_state_day"),
    ),
    "staff": (
        "bob,bob,agent,part,1,2026-03-14",
        of(SINCE, "dim_agent_day fct_agent_day fct_headcount_day") | {"dim_agent": {"None"}},
    ),
    "teams": ("north,Far,2026-03-14", {}),
    "team_memberships": ("bob,south,2026-03-14,,false", {"bridge_agent_team_day": SINCE}),
    "agent_accounts": (
        "desk,x9,ann,2026-03-11",
        of({"2026-03-12"}, "fct_agent_day fct_contact fct_contact_leg"),
    ),
    # The contact's own channel wins over that of its queue.
    "queues": ("q1,Care,app,technical,2026-03-14", {"dim_queue": set()}),
    # Facts say what happened; an incident leaves contacts out of adjusted values only.
    "platform_incidents": (
        "i1,2026-03-12T08:00:00Z,2026-03-12T10:00:00Z,web,chat,response,log,eve,2026-03-13T08:00:00Z",
        {"fct_incident": set()},
    ),
    "site_visits": ("2026-03-12,web,home,30", {"fct_site_visit": {"2026-03-12"}}),
    # What is said of a contact days later is of the day on which it is said.
    "observations": ("ann,k1,wrap_up,30,eve,2026-03-05T10:00:00Z", {"fct_agent_day": {"2026-03-05"}}),
    "recognitions": (
        "p1,bob,k3,praise_contact,2026-03-16T10:00:00Z",
        of({"2026-03-16"}, "fct_agent_day fct_service_record fct_points_event"),
    ),
    "shifts": ("bob,2026-03-05T08:00:00Z,2026-03-05T18:00:00Z", {"fct_agent_day": {"2026-03-05"}}),
    "complaints": (
        "b1,2026-03-17T09:00:00Z,customer,k3,bob,knowledge.wrong,upheld,2026-03-18T09:00:00Z",
        of({"2026-03-17"}, "fct_complaint fct_cause_record fct_defect"),
    ),
    # What is decided about a record changes it on the day of the record.
    "appeals": (
        "o1,review,w1,ann,2026-03-05T09:00:00Z,granted,2026-03-06T09:00:00Z,overturned",
        {"fct_appeal": {"2026-03-06"}, "fct_quality_review": {"2026-03-03"}},
    ),
    "findings": (
        "f1,bob,abuse,2026-03-12,k3,2026-03-13T09:00:00Z,eve,max",
        of({"2026-03-12"}, "fct_finding fct_points_event"),
    ),
    "plans": (
        "n1,defect_elimination,error_code,KN-02,centre,eve,2026-03-01,2026-03-08,2026-03-09,2026-03-20,open",
        {"fct_plan": {"2026-03-01"}},
    ),
    "actions": ("s1,rating,r1,customer_follow_up,eve,2026-03-13T09:00:00Z", {}),
    "contact_tags": (
        "k3,avoidable,logistics,2026-03-12T09:20:00Z",
        of({"2026-03-12"}, "fct_contact_tag fct_cause_record"),
    ),
    "time_records": ("t1,ann,2026-03-12,training,60", {}),
    "monitoring_sessions": (
        "l1,ann,eve,supervisor,live,k1,2026-03-03T09:02:00Z,slow",
        of({"2026-03-03"}, "fct_monitoring_session fct_cause_record"),
    ),
    # The contact of ten days before is a test from then on, and the one before it of its customer was not followed.
    "test_calls": (
        "v1,silent,bob,tess,2026-03-05T09:00:00Z,k2,random,false",
        of({"2026-03-02", "2026-03-05"}, "fct_contact fct_contact_leg fct_queue_visit")
        | of({"2026-03-05"}, "fct_agent_day fct_test_call fct_defect"),
    ),
    "ticket_audits": (
        "z1,t1,k3,bob,eve,2026-03-13T09:00:00Z,true,false",
        {"fct_ticket_audit": {"2026-03-13"}},
    ),
    "coaching_sessions": ("g1,ann,eve,one_to_one,k1,2026-03-03T09:30:00Z", {"fct_coaching": {"2026-03-03"}}),
    "documents": ("d1,rule,A rule,2026-03-02T09:00:00Z,2026-03-04T18:00:00Z", {}),
    "document_receipts": (
        "d1,ann,2026-03-02T09:00:00Z,2026-03-03T09:00:00Z",
        {"fct_document_receipt": {"2026-03-02"}},
    ),
    "surveys": (
        "u1,k3,2026-03-12T09:12:00Z,2026-03-12T09:12:00Z,2026-03-14T09:20:00Z,true",
        {"fct_service_record": {"2026-03-12"}},
    ),
    "social_mentions": ("m1,weibo,2026-03-12T09:12:00Z,negative", {"fct_service_record": {"2026-03-12"}}),
    "self_reports": ("bob,contacts_handled,end,2026-03-12T18:00:00Z,1,0", {"fct_self_report": {"2026-03-12"}}),
    "meetings": ("e1,achievement,north,2026-03-12T08:00:00Z", {}),
    "skill_tests": ("l1,ann,audition,voice,80,2026-03-12", {"fct_skill_test": {"2026-03-12"}}),
    "staff_surveys": ("north,2026-03-12,satisfaction,10,8,600", {"fct_team_record": {"2026-03-12"}}),
    # Two codes are named by a reward more than before.
    "rewards": (
        "w1,bob,RG1,bonus,2026-03-01,2026-03-12T09:00:00Z,boss,chief",
        of({"2026-03-12"}, "fct_reward fct_points_event") | {"dim_code": {"None"}},
    ),
    "forecasts": ("q1,2026-03-12T09:00:00Z,30,2,2026-03-11T09:00:00Z", {"fct_forecast_interval": {"2026-03-12"}}),
}
"""Feed -> one row of it, dropped a day later, and the dates that it moves, by core table."""


@pytest.mark.parametrize("feed", REACH)
def test_a_row_of_a_feed_moves_these_dates_and_no_others(reach: Reach, feed: str) -> None:
    row, expected = REACH[feed]
    found = reach.of(files("2026-03-22", {feed: [row]}))
    assert found == expected


def test_a_change_of_every_feed_is_tried() -> None:
    assert REACH.keys() == HEADERS.keys() == FEEDS.keys()
