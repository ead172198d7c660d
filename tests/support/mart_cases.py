"""Cases worked by hand for the value table: each adds its rows on a day, and in queues and with agents, of its own.

Instants are UTC and so is the centre. March 2026 is closed at the end of the data, 20 April 2026.
"""

from __future__ import annotations

from datetime import timedelta

from tests.support.contact_rows import Day, Row
from tests.support.people_cases import add_chat, add_member, add_person, add_rating, at
from tests.support.raw_rows import RawHome

MINUTE = timedelta(minutes=1)
ACCESS_DAY, EMPTY_DAY, CONNECT_DAY, QUEUE_DAY = "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"


def add_durations(home: RawHome) -> None:
    """AVG-1: A has 200 contacts of 60 s, B has 10 of 300 s, both in team avg."""
    for agent, count, minutes in (("avg-a", 200, 1), ("avg-b", 10, 5)):
        add_member(home, agent, "avg", "2026-01-01")
        for number in range(count):
            add_chat(home, f"{agent}-{number}", agent, at("2026-03-09 09:00") + number * MINUTE, minutes, queue="avg")


def add_service_level(home: RawHome) -> None:
    """SL-1: 1,000 answered, 860 of them within 20 s; 60 abandoned, 20 of them within 20 s, 10 of those within 5 s."""
    day = Day(ACCESS_DAY)
    events: list[Row] = []
    for number, wait in enumerate([20.0] * 860 + [30.0] * 140):
        events += day.answered_call(f"sl-a{number}", 36000 + number, wait=wait, talk=60, agent="sl", queue="sl")
    for number, wait in enumerate([5.0] * 10 + [20.0] * 10 + [40.0] * 40):
        events += day.abandoned_call(f"sl-b{number}", 36000 + number, wait=wait, queue="sl")
    home.add("contact_events", events)


def add_connect_rate(home: RawHome) -> None:
    """CR-1: 950 inbound with 30 abandoned; 50 outbound with 10 that nobody answered; all on channel app."""
    day = Day(CONNECT_DAY)
    events: list[Row] = []
    contacts: list[Row] = []
    for number in range(950):
        name = f"cr-in{number}"
        contacts.append(day.contact(name, 36000, channel="app", queue_id="cr"))
        if number < 30:
            events += day.abandoned_call(name, 36000, wait=30, queue="cr")
        else:
            events += day.answered_call(name, 36000, wait=5, talk=60, agent="cr", queue="cr")
    for number in range(50):
        name = f"cr-out{number}"
        contacts.append(day.contact(name, 40000, channel="app", direction="outbound"))
        events.append(day.event(name, 40000, "offered", agent_id="cr"))
        if number >= 10:
            events.append(day.event(name, 40010, "connected", agent_id="cr"))
    home.add("contacts", contacts)
    home.add("contact_events", events)


def add_queue_times(home: RawHome) -> None:
    """Q-1: answered after 0, 30, 60, 61 and 120 s. Q-2: abandoned after 3, 8 and 40 s."""
    day = Day(QUEUE_DAY)
    events: list[Row] = []
    for number, wait in enumerate([0, 30, 60, 61, 120]):
        events += day.answered_call(f"q1-{number}", 36000, wait=wait, talk=60, agent="q", queue="q1")
    for number, wait in enumerate([3, 8, 40]):
        events += day.abandoned_call(f"q2-{number}", 36000, wait=wait, queue="q2")
    home.add("contact_events", events)


def add_ratings(home: RawHome) -> None:
    """CS-1 in queue cs1; CS-2: agent cs2 has 8 of 20 in a queue of 100; CS-6: exactly half of 80 in queue cs6."""
    start = at("2026-03-10 09:00")
    stars = [5] * 30 + [4] * 6 + [3] * 2 + [2, 1]
    for number in range(120):
        add_chat(home, f"cs1-{number}", "cs1", start + number * MINUTE, queue="cs1")
        if number < 100:
            given = stars[number] if number < len(stars) else None
            add_rating(home, f"cs1-{number}", start + (number + 6) * MINUTE, given)
    for number in range(100):
        agent = "cs2" if number < 20 else "cs2-other"
        add_chat(home, f"cs2-{number}", agent, start + number * MINUTE, queue="cs2")
        add_rating(home, f"cs2-{number}", start + (number + 6) * MINUTE, 5 if number < 8 or number >= 60 else None)
    for number in range(80):
        add_chat(home, f"cs6-{number}", "cs6", start + number * MINUTE, queue="cs6")
        add_rating(home, f"cs6-{number}", start + (number + 6) * MINUTE, 5 if number < 40 else None)


def add_late_rating(home: RawHome) -> None:
    """CS-5: a contact of 30 March is rated three days later, in April; the one of the day before at once."""
    for name, day, rated_after in (("cs5-soon", "29", 10), ("cs5-late", "30", 3 * 24 * 60)):
        add_chat(home, name, "cs5", at(f"2026-03-{day} 12:00"), queue="cs5")
        stars = 5 if name == "cs5-soon" else 1
        add_rating(home, name, at(f"2026-03-{day} 12:06"), stars, rated_after=rated_after)


def add_reviews(home: RawHome) -> None:
    """CS-3: 8 of 8 and 97 of 100 reviews pass."""
    for agent, passed, count in (("cs3-few", 8, 8), ("cs3-many", 97, 100)):
        add_chat(home, agent, agent, at("2026-03-11 09:00"), queue="cs3")
        row = {"contact_id": agent, "agent_id": agent, "reviewer_id": "rex", "reviewed_at": at("2026-03-11 12:00")}
        home.add(
            "quality_reviews",
            [row | {"review_id": f"{agent}-{n}", "score": 98 if n < passed else 90} for n in range(count)],
        )


def add_incident(home: RawHome) -> None:
    """IN-1: 50 delivered, 10 of them in an approved outage, 22 rated, none of those in the outage."""
    outage = at("2026-03-12 10:00")
    for number in range(50):
        starts = outage + number * MINUTE + timedelta(hours=0 if number < 10 else 3)
        add_chat(home, f"in-{number}", "ivy", starts, queue="in")
        add_rating(home, f"in-{number}", starts + 6 * MINUTE, 4 if number >= 28 else None)
    signed = {"approved_by": "chief", "approved_at": at("2026-03-13 08:00")}
    home.add(
        "platform_incidents",
        [
            {"incident_id": "I-1", "started_at": outage, "ended_at": outage + 30 * MINUTE, "queue_id": "in"}
            | {"system": "chat", "evidence": "T-1", "kpi_groups": "rating"}
            | signed
        ],
    )


def add_outage_of_customers(home: RawHome) -> None:
    """Ann writes in the outage only, Bob in it and after it, Cat once and Dan twice after it."""
    outage = at("2026-03-17 10:00")
    chats = [("ann", 0), ("bob", 0), ("bob", 3), ("cat", 3), ("dan", 3), ("dan", 4)]
    for number, (customer, hours) in enumerate(chats):
        starts = outage + timedelta(hours=hours)
        add_chat(home, f"out-{number}", "gil", starts, customer=customer, queue="out")
    incident = {"incident_id": "I-2", "started_at": outage, "ended_at": outage + 30 * MINUTE, "queue_id": "out"}
    signed = {"approved_by": "chief", "approved_at": at("2026-03-18 08:00")}
    home.add(
        "platform_incidents", [incident | {"system": "chat", "evidence": "T-2", "kpi_groups": "resolution"} | signed]
    )


def add_transfers(home: RawHome) -> None:
    """TR-2: A handles 100 and sends 4 of them to B, who handles 54; both in team tr."""
    for agent in ("tr-a", "tr-b"):
        add_member(home, agent, "tr", "2026-01-01")
    for number in range(150):
        handlers = ["tr-a", "tr-b"] if number < 4 else ["tr-a"] if number < 100 else ["tr-b"]
        add_chat(home, f"tr-{number}", handlers, at("2026-03-13 09:00") + number * MINUTE, queue="tr")


def add_two_teams(home: RawHome) -> None:
    """AT-2: one agent in two teams of the same parent, 100 contacts."""
    home.add("teams", [{"team_id": "at", "name": "Above"}], "hr")
    home.add("teams", [{"team_id": team, "name": team, "parent_team_id": "at"} for team in ("at1", "at2")], "hr")
    add_member(home, "ada", "at1", "2026-01-01")
    add_member(home, "ada", "at2", "2026-01-01", is_home=False)
    for number in range(100):
        add_chat(home, f"at-{number}", "ada", at("2026-03-14 09:00") + number * MINUTE, queue="at")


def add_first_responses(home: RawHome) -> None:
    """FRT-5: agent quick answers 40 contacts after 12 s. MR-1: one contact with 300, 270 and 120 messages."""
    day = Day("2026-03-15")
    messages: list[Row] = []
    for number in range(40):
        name, starts = f"frt-{number}", 36000 + 60 * number
        add_chat(home, name, "quick", at("2026-03-15 10:00") + number * MINUTE, 1, queue="frt", source_id="chat")
        messages.append(day.message(name, starts, "customer"))
        messages.append(day.message(name, starts + 12, "agent", "quick"))
    add_chat(home, "mr", "mia", at("2026-03-15 12:00"), 120, queue="mr", source_id="chat")
    for sender, agent, count in (("customer", None, 300), ("agent", "mia", 270), ("system", None, 120)):
        messages += [day.message("mr", 43260 + 5 * n, sender, agent) for n in range(count)]
    home.add("messages", messages, "chat")


def add_staff(home: RawHome) -> None:
    """TO-2: 100 full-time heads on each of the 90 days of the quarter; 6 leave on 1 February, and 6 come."""
    add_chat(home, "first", "first", at("2026-01-01 09:00"), queue="first")
    for number in range(106):
        left = "2026-02-01" if number < 6 else None
        add_person(home, f"to-{number}", "2026-02-01" if number >= 100 else "2025-01-01", left)


ALL_CASES = (
    add_durations,
    add_service_level,
    add_connect_rate,
    add_queue_times,
    add_ratings,
    add_late_rating,
    add_reviews,
    add_incident,
    add_outage_of_customers,
    add_transfers,
    add_two_teams,
    add_first_responses,
    add_staff,
)
