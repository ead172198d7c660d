"""What customers say and what is written of people, of hand-sized homes: each helper adds the rows of one case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.people_cases import add_chat, add_member, add_person, add_rating, add_states, at
from tests.support.raw_rows import RawHome

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def survey(
    home: RawHome, name: str, contact: str | None, invited: str, answered: int | None = None, **told: Any
) -> None:
    """An invitation that arrived; answered so many seconds later, if at all."""
    row = {"survey_id": name, "contact_id": contact, "invited_at": at(invited), "delivered_at": at(invited)}
    row["answered_at"] = None if answered is None else at(invited) + answered * SECOND
    home.add("surveys", [row | told])


def follow_up(home: RawHome, name: str, kind: str, origin: str, taken: str, **told: Any) -> None:
    """A customer was called back because of a rating or a survey."""
    row = {"action_id": name, "origin_kind": kind, "origin_id": origin, "kind": "customer_follow_up"}
    home.add("actions", [row | {"actor_id": "eve", "taken_at": at(taken)} | told])


def add_loop(home: RawHome) -> None:
    """CL-1: three bad ratings, one with a survey of the same contact, and two other surveys; four are heard of."""
    for number in range(6):
        add_chat(home, f"cl-{number}", "cleo", at("2026-03-10 09:00") + number * MINUTE, 1, queue="cl")
    for number, stars in enumerate([1, 2, 2, 5]):
        add_rating(home, f"cl-{number}", at("2026-03-10 10:00"), stars)
    survey(home, "cl-0", "cl-0", "2026-03-10 11:00", 60, needs_follow_up=True)
    survey(home, "cl-4", "cl-4", "2026-03-10 11:00", 0, needs_follow_up=True, liked_themes="fast|kind")
    survey(home, "cl-5", "cl-5", "2026-03-10 11:00", 0, needs_follow_up=True)
    # Whoever is content, or was not asked to call back, is not due.
    survey(home, "cl-3", "cl-3", "2026-03-10 11:00", 60)
    # Rated at 10:10. The first is called 600 s after, because of the contact's survey; the second first too early.
    follow_up(home, "cl-a", "survey", "cl-0", "2026-03-10 10:20")
    follow_up(home, "cl-b", "rating", "cl-1-10100000", "2026-03-10 10:09:59")
    follow_up(home, "cl-c", "rating", "cl-1-10100000", "2026-03-10 10:30")
    follow_up(home, "cl-d", "complaint", "any", "2026-03-10 11:30", contact_id="cl-4")
    follow_up(home, "cl-e", "survey", "cl-5", "2026-03-10 12:00")
    follow_up(home, "cl-f", "survey", "cl-5", "2026-03-10 13:00")


def add_escalations(home: RawHome) -> None:
    """ES-1: ten transfers to a supervisor; of eight it is known that six passed on what had been; nine are taken."""
    add_person(home, "sue", "2026-01-01", role="supervisor")
    for agent, team in (("sam", "es"), ("sue", "lead")):
        add_member(home, agent, team, "2026-01-01")
    for number in range(10):
        start = at("2026-03-11 09:00") + number * 20 * MINUTE
        # Five name the supervisor; the last one of those finds somebody else, who is no supervisor.
        target = "sue" if number < 5 else None
        taker = "sue" if number != 4 else "sam2"
        moves: list[dict[str, Any]] = [{"event_type": "connected", "occurred_at": start, "agent_id": "sam"}]
        moves.append({"event_type": "transferred", "occurred_at": start + 5 * MINUTE, "agent_id": "sam"})
        moves[-1] |= {"transfer_kind": "blind", "transfer_target_kind": "supervisor", "transfer_target_id": target}
        moves[-1] |= {"context_passed": number < 6 if number < 8 else None}
        moves.append({"event_type": "connected", "occurred_at": start + 5 * MINUTE + 30 * SECOND, "agent_id": taker})
        moves.append({"event_type": "ended", "occurred_at": start + 9 * MINUTE})
        header = {"contact_id": f"es-{number}", "queue_id": "es", "started_at": start, "ended_at": start + 9 * MINUTE}
        home.add("contacts", [header])
        home.add("contact_events", [{"contact_id": f"es-{number}"} | move for move in moves])


def add_callbacks(home: RawHome) -> None:
    """WC-1: two customers write on Monday at 10:00:00 and are called back 48 hours later, one of them a second late."""
    monday = at("2026-03-02 10:00")
    for name, late in (("one", 0), ("two", 1), ("none", 0)):
        begun = monday - 5 * MINUTE
        if name != "none":
            add_chat(home, f"wc-{name}", "wes", begun, 6, customer=name, channel="wechat", queue="wc", source_id="im")
            said = {"contact_id": f"wc-{name}", "sender": "customer", "is_manual": True}
            rows = [said | {"message_id": f"wc-{name}-{n}", "sent_at": begun + n * 5 * MINUTE} for n in range(2)]
            home.add("messages", rows, "im")
        called = monday + timedelta(hours=48) + late * SECOND
        back = {"channel": "wechat", "queue": "wc", "direction": "callback", "source_id": "im", "customer": name}
        add_chat(home, f"wc-{name}-back", "wes", called, 2, **back)
        home.add("messages", [said_by_agent(f"wc-{name}-back", called)], "im")
    add_chat(home, "wc-web", "wes", at("2026-03-02 12:00"), 2, channel="web", queue="wc-web", direction="callback")


def said_by_agent(contact: str, sent: Any) -> dict[str, Any]:
    """What the agent wrote as he called back, and the customer's answer is another row."""
    return {"message_id": f"{contact}-a", "contact_id": contact, "sender": "agent", "agent_id": "wes", "sent_at": sent}


def add_shifts(home: RawHome) -> None:
    """SA-1: a shift of 8 hours, begun ten minutes late and left five early; a night; and one with a training in it."""
    shifts = [
        ("ada", "2026-03-03 08:00", "2026-03-03 16:00", None),
        ("nic", "2026-03-03 22:00", "2026-03-04 06:00", "work"),
        ("tra", "2026-03-03 08:00", "2026-03-03 16:00", "work"),
        ("tra", "2026-03-03 10:00", "2026-03-03 12:00", "training"),
        # Nobody can have been late for a shift that lies ahead.
        ("ada", "2026-04-03 08:00", "2026-04-03 16:00", "work"),
    ]
    rows = [{"agent_id": who, "starts_at": at(a), "ends_at": at(b), "kind": kind} for who, a, b, kind in shifts]
    home.add("shifts", rows, "hr")
    add_states(home, "ada", [("ready", at("2026-03-03 08:10"), at("2026-03-03 15:55"))])
    add_states(home, "nic", [("ready", at("2026-03-03 21:00"), at("2026-03-04 05:00"))])
    add_states(home, "tra", [("ready", at("2026-03-03 08:00"), at("2026-03-03 11:00"))])
    for agent in ("ada", "nic", "tra"):
        add_member(home, agent, "sa", "2026-01-01")


def add_approvals(home: RawHome) -> None:
    """Approvals are recorded from 10 March on: of four changes then, three were approved."""
    add_states(home, "app", [("meal", at("2026-03-05 12:00"), at("2026-03-05 12:30"))], "pbx")
    rows = [("busy", 9, True), ("ready", 10, False), ("meal", 12, True), ("away", 14, False), ("training", 15, True)]
    for state, hour, is_approved in rows:
        start = at(f"2026-03-10 {hour:02}:00")
        row = {"agent_id": "app", "state": state, "started_at": start, "ended_at": start + 30 * MINUTE}
        approved = {"approved_by": "lea", "approved_at": start} if is_approved else {}
        home.add("agent_states", [row | approved], "pbx")


def add_forecasts(home: RawHome) -> None:
    """FA-1 at a tenth of its size: forecast 10, 10 and 5, received 11, 9 and 6."""
    for number, (forecast, received) in enumerate([(10, 11), (10, 9), (5, 6)]):
        start = at("2026-03-06 09:00") + number * 30 * MINUTE
        for one in range(received):
            add_chat(home, f"fa-{number}-{one}", "fay", start + one * MINUTE, 1, queue="fa", channel="app")
        made = start - timedelta(days=1)
        row = {"queue_id": "fa", "starts_at": start, "minutes": 30}
        home.add("forecasts", [row | {"contacts": forecast + 3, "made_at": made - MINUTE}], "wfm")
        home.add("forecasts", [row | {"contacts": forecast, "made_at": made}], "wfm")
        home.add("forecasts", [row | {"contacts": received, "made_at": start}], "wfm")
        # The channel's own forecast of that time would count the queue twice.
        channel = {"channel": "app", "starts_at": start, "minutes": 30, "contacts": 99, "made_at": made}
        home.add("forecasts", [channel], "wfm")
    row = {"queue_id": "fa", "starts_at": at("2026-04-02 09:00"), "minutes": 30, "contacts": 50}
    home.add("forecasts", [row | {"made_at": at("2026-03-30 09:00")}], "wfm")
    home.add("queues", [{"queue_id": "fa", "name": "FA", "channel": "app"}], "hr")


def add_listening(home: RawHome) -> None:
    """LS-1: 300 s heard listening and 500 s talking, in two contacts."""
    heard = [("ls-0", "listening", 100), ("ls-0", "talking", 300), ("ls-1", "listening", 200), ("ls-1", "talking", 200)]
    for contact, kind, seconds in heard:
        row = {"agent_id": "lis", "contact_id": contact, "kind": kind, "seconds": seconds, "observer_id": "speech"}
        home.add("observations", [row | {"observed_at": at("2026-03-07 10:00")}])


def add_praise(home: RawHome) -> None:
    """Ten contacts of one agent: two were praised within them and one was made to praise; one of them was outbound."""
    add_member(home, "pia", "pr", "2026-01-01")
    for number in range(10):
        direction = "outbound" if number == 9 else "inbound"
        start = at("2026-03-09 09:00") + number * MINUTE
        add_chat(home, f"pr-{number}", "pia", start, 1, queue="pr", direction=direction, customer=f"pr-{number}")
    kinds = ["praise_in_contact", "praise_in_contact", "praise_contact", "peer_like", "other"]
    for number, kind in enumerate(kinds):
        row = {"recognition_id": f"pr-{number}", "contact_id": f"pr-{number}", "kind": kind}
        home.add("recognitions", [row | {"received_at": at("2026-03-09 12:00")}])
    for number in range(4):
        add_rating(home, f"pr-{number}", at("2026-03-09 13:00"), is_delivered=number < 3)


def add_mentions(home: RawHome) -> None:
    """Ten mentions, three of them negative; one of another month."""
    for number in range(11):
        row = {"mention_id": f"m-{number}", "site": "weibo", "sentiment": "negative" if number < 3 else "neutral"}
        home.add(
            "social_mentions", [row | {"posted_at": at("2026-02-20 10:00" if number == 10 else "2026-03-09 10:00")}]
        )


def add_complainers(home: RawHome) -> None:
    """Of five contacts of customers who complained within 28 days three are asked; of a sixth it is too long ago."""
    home.add("complaints", [{"complaint_id": "ci-old", "received_at": at("2026-01-01 09:00")}])
    for number in range(6):
        customer = f"ci-{number}"
        told = {"complaint_id": customer, "received_at": at("2026-03-01 09:00")}
        if number == 3:
            # He is known by the contact that he complained of.
            add_chat(home, "ci-of", "cia", at("2026-03-01 08:00"), 1, customer=customer, queue="ci-of")
            told |= {"contact_id": "ci-of", "is_identified": False}
        else:
            told |= {"customer_id": customer}
        home.add("complaints", [told])
        begun = at("2026-03-29 09:00") + (SECOND if number == 5 else number * -MINUTE)
        add_chat(home, customer, "cia", begun, 1, customer=customer, queue="ci")
    for number in (0, 1):
        add_rating(home, f"ci-{number}", at("2026-03-29 10:00"))
    survey(home, "ci-2", "ci-2", "2026-03-29 10:00")
    add_rating(home, "ci-5", at("2026-03-29 10:00"))


def add_staff(home: RawHome) -> None:
    """SF-1: five of the department itself and five of a team of it; the rows do not overlap."""
    home.add("teams", [{"team_id": "sf-dep", "name": "D"}, {"team_id": "sf", "name": "T", "parent_team_id": "sf-dep"}])
    for team, score, promoters, detractors in (("sf-dep", "350", 2, 2), ("sf", "430", 4, 1)):
        row = {"team_id": team, "surveyed_on": "2026-03-15", "invited": 8, "respondents": 5}
        home.add("staff_surveys", [row | {"question": "satisfaction", "score_sum": score}], "hr")
        sides = {"question": "loyalty", "promoters": promoters, "detractors": detractors}
        home.add("staff_surveys", [row | sides], "hr")


def add_meetings(home: RawHome) -> None:
    """MT-1: four ISO weeks with work, meetings in three of them, two in one week."""
    add_member(home, "mel", "mt", "2026-01-01")
    for day in ("02", "09", "16", "23"):
        add_chat(home, f"mt-{day}", "mel", at(f"2026-03-{day} 09:00"), 1, queue="mt")
    for number, day in enumerate(["02", "04", "17", "29"]):
        row = {
            "meeting_id": f"mt-{number}",
            "kind": "achievement",
            "team_id": "mt",
            "held_at": at(f"2026-03-{day} 09:00"),
        }
        home.add("meetings", [row], "hr")
    other = {"meeting_id": "mt-other", "kind": "team_meeting", "team_id": "mt", "held_at": at("2026-03-10 09:00")}
    home.add("meetings", [other], "hr")


def add_leaders(home: RawHome) -> None:
    """LD-1: two leaders in March, one with a plan from the 11th; LD-2: one since February whose plan began with it."""
    for leader, team, hired in (("lou", "ld", "2026-01-01"), ("lia", "ld", "2026-01-01"), ("new", "ld2", "2026-02-01")):
        add_person(home, leader, hired, role="leader")
        add_member(home, leader, team, hired)
    for leader, starts, ends in (("lou", "2026-03-11", "2026-06-30"), ("new", "2026-02-01", "2026-07-31")):
        plan = {"plan_id": f"ld-{leader}", "kind": "leader_onboarding", "subject_kind": "person", "subject_id": leader}
        plan |= {"scope_kind": "agent", "scope_id": leader, "baseline_from": "2025-12-01", "baseline_to": starts}
        home.add("plans", [plan | {"starts_on": starts, "due_on": ends}], "hr")
    held = {"meeting_id": "ld-feb", "kind": "progress", "leader_id": "new", "held_at": at("2026-02-20 09:00")}
    home.add("meetings", [held], "hr")
    for number, kind in enumerate(("one_to_one", "joint_listening")):
        talk = {"coaching_id": f"ld-{number}", "agent_id": "new", "coach_id": "lou", "kind": kind}
        home.add("coaching_sessions", [talk | {"started_at": at(f"2026-03-1{number} 09:00")}], "hr")
    for number, (test, item, passed) in enumerate([("a", "KP-1", True), ("a", "KP-2", False), ("b", "KP-1", True)]):
        row = {"test_id": test, "agent_id": "new", "kind": "certification", "item": item, "score": 80 + number}
        home.add("skill_tests", [row | {"passed": passed, "taken_on": "2026-03-12"}], "hr")
    for number, (who, category, minutes) in enumerate(
        [("lou", "firefighting", 600), ("lou", "meeting", 1200), ("lia", "training", 600), ("pia", "self_training", 62)]
    ):
        row = {"record_id": f"ld-{number}", "agent_id": who, "category": category, "minutes": minutes}
        home.add("time_records", [row | {"worked_on": "2026-03-12"}], "hr")


def add_leavers(home: RawHome) -> None:
    """Four leave in March; three of them talked with somebody from outside, one with his leader."""
    home.add("teams", [{"team_id": "ex", "name": "Ex"}])
    for number in range(4):
        talk = {"exit_interview_on": "2026-03-18", "exit_interviewer": "outside" if number < 3 else "inside"}
        add_person(home, f"ex-{number}", "2025-01-01", "2026-03-20", exit_reasons="pay|hours", **talk)
        add_member(home, f"ex-{number}", "ex", "2025-01-01", "2026-03-20")
    # Of two others one told his leader of health and family, which no list has, and one talked with nobody.
    inside = {"exit_interview_on": "2026-03-18", "exit_interviewer": "inside", "exit_reasons": "health|family"}
    for name, talk in (("told", inside), ("quiet", {})):
        add_person(home, f"ex-{name}", "2025-01-01", "2026-03-21", **talk)
        add_member(home, f"ex-{name}", "exq", "2025-01-01", "2026-03-21")


def add_reports(home: RawHome) -> None:
    """SR-1: 19 of 20 ratings are good at noon, a bad one follows at 12:30; reported are 95.0 % and, in error, 97 %."""
    for agent in ("sri", "sal"):
        add_member(home, agent, "sr", "2026-01-01")
        row = {"agent_id": agent, "starts_at": at("2026-03-25 08:00"), "ends_at": at("2026-03-25 16:00")}
        home.add("shifts", [row], "hr")
    for number in range(21):
        add_chat(home, f"sr-{number}", "sri", at("2026-03-25 08:00") + number * MINUTE, 1, queue="sr")
        stars, minutes = (5, 60) if number < 19 else (2, 180 if number == 19 else 210)
        add_rating(home, f"sr-{number}", at("2026-03-25 09:00"), stars, rated_after=minutes)
    told = [("12:00:00", "0.950", 3), ("12:00:01", "0.97", 2)]
    for clock, value, decimals in told:
        row = {"agent_id": "sri", "kpi_id": "good_rating_rate", "half": "noon", "value": value, "decimals": decimals}
        home.add("self_reports", [row | {"reported_at": at(f"2026-03-25 {clock}")}], "hr")
    figures = (("contacts_handled", "21"), ("satisfaction_score", "97.0"), ("rating_participation_rate", "1"))
    for kpi_id, value in figures:
        row = {"agent_id": "sri", "kpi_id": kpi_id, "half": "end", "value": value, "decimals": 1}
        home.add("self_reports", [row | {"reported_at": at("2026-03-25 12:10")}], "hr")
    row = {"agent_id": "sal", "kpi_id": "good_rating_rate", "half": "noon", "value": "1", "decimals": 2}
    home.add("self_reports", [row | {"reported_at": at("2026-03-25 12:00")}], "hr")


ADDED = (
    add_loop,
    add_escalations,
    add_callbacks,
    add_shifts,
    add_approvals,
    add_forecasts,
    add_listening,
    add_praise,
    add_mentions,
    add_complainers,
    add_staff,
    add_meetings,
    add_leaders,
    add_leavers,
    add_reports,
)
