"""Windows of time around a contact: repeats and resolution (FCR-1 to 4), opening hours (TZ-5, TZ-6)."""
# ruff: noqa: S608 - the queries' parts are written here

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome

WEEKDAYS = range(1, 6)


def add_repeat_cases(home: RawHome) -> None:
    """Each customer is a case of its own; the data reach to 31 October 2020, 20:00."""
    chats: list[tuple[str, str, str, dict[str, Any]]] = [
        ("fcr2", "a", "2020-01-30 10:00", {"topic": "bill"}),
        ("fcr2", "b", "2020-02-02 10:00", {"topic": "bill"}),
        ("fcr3", "a", "2020-10-24 23:00", {}),
        ("fcr3", "b", "2020-10-25 10:00", {"queue": "late"}),
        ("fcr4", "a", "2020-03-02 10:00", {"topic": "bill"}),
        ("fcr4", "b", "2020-03-05 10:00", {"topic": "parcel", "direction": "callback"}),
        ("topics", "a", "2020-03-02 10:00", {"topic": "bill"}),
        ("topics", "b", "2020-03-03 10:00", {"topic": "parcel"}),
        ("topics", "c", "2020-03-04 10:00", {"topic": None}),
        ("exact", "a", "2020-04-01 10:00", {}),
        ("exact", "b", "2020-04-08 10:00", {}),
        ("beyond", "a", "2020-04-01 10:00", {}),
        ("beyond", "b", "2020-04-08 10:00:01", {}),
        ("hours", "a", "2020-05-01 10:00", {}),
        ("hours", "b", "2020-05-02 10:00", {}),
        ("hours", "c", "2020-05-05 10:00", {}),
        ("hours", "d", "2020-05-08 10:00:01", {}),
        ("twins", "a", "2020-05-01 10:00", {}),
        ("twins", "b", "2020-05-01 10:00", {}),
        ("drill", "a", "2020-05-01 10:00", {}),
        ("drill", "b", "2020-05-01 11:00", {"is_test": True}),
        ("outward", "a", "2020-05-01 10:00", {"direction": "outbound"}),
        ("outward", "b", "2020-05-01 11:00", {}),
    ]
    for customer, number, starts, attributes in chats:
        add_chat(home, f"{customer}-{number}", "ann", at(starts), customer=customer, **attributes)
    # A call that nobody answered is a repeat too, and no case.
    add_chat(home, "gaveup-a", "ann", at("2020-06-01 10:00"), customer="gaveup")
    add_chat(home, "gaveup-b", [], at("2020-06-02 10:00"), customer="gaveup")
    for number in range(100):
        for repeat in range(1 if number < 85 else 2):
            starts = at("2020-07-01 09:00") + timedelta(minutes=number, days=repeat)
            add_chat(home, f"fcr1-{number}-{repeat}", "ann", starts, customer=f"fcr1-{number}", queue="fcr1")
    add_chat(home, "stranger-a", "ann", at("2020-07-01 09:00"))


def add_wait(home: RawHome, contact_id: str, channel: str, queued: datetime, connected: datetime) -> None:
    """A contact that waits in a queue until it connects."""
    header = {"contact_id": contact_id, "channel": channel, "queue_id": channel, "started_at": queued}
    home.add("contacts", [header | {"ended_at": connected + timedelta(minutes=1)}])
    events = [("queued", queued), ("connected", connected), ("ended", connected + timedelta(minutes=1))]
    rows = [
        {"contact_id": contact_id, "event_type": kind, "occurred_at": when, "queue_id": channel}
        for kind, when in events
    ]
    home.add(
        "contact_events", [row | {"agent_id": "ann" if row["event_type"] == "connected" else None} for row in rows]
    )


def add_opening_cases(home: RawHome) -> None:
    """One channel per schedule."""
    office = {"channel": "voice", "opens": "09:00", "closes": "17:00"}
    home.setting("opening_hours", [office | {"weekday": day} for day in WEEKDAYS])
    home.setting(
        "holidays", [{"channel": "voice", "holiday_on": "2020-06-12"}, {"channel": None, "holiday_on": "2020-06-19"}]
    )
    add_wait(home, "tz5", "voice", at("2020-06-05 16:30"), at("2020-06-08 09:30"))
    add_wait(home, "closed", "voice", at("2020-06-06 10:00"), at("2020-06-06 11:00"))
    add_wait(home, "holiday", "voice", at("2020-06-11 16:00"), at("2020-06-15 10:00"))
    add_wait(home, "holiday-for-all", "voice", at("2020-06-18 16:00"), at("2020-06-22 10:00"))
    # TZ-6: schedule A on Tuesday and Wednesday 12:00 to 02:00, then B on Wednesday 15:00 to 00:30.
    switch = at("2020-09-30 19:01:25")
    for weekday in (2, 3):
        row = {"channel": "email", "weekday": weekday, "opens": "12:00", "closes": "02:00", "valid_to_at": switch}
        home.setting("opening_hours", [row])
    later = {"channel": "email", "weekday": 3, "opens": "15:00", "closes": "00:30", "valid_from_at": switch}
    home.setting("opening_hours", [later])
    asked, answered = at("2020-09-29 17:01:38"), at("2020-09-30 19:01:46")
    home.add("contacts", [{"contact_id": "tz6", "channel": "email", "started_at": asked, "ended_at": answered}], "post")
    messages = [("customer", None, asked), ("agent", "ann", answered)]
    rows = [{"sender": sender, "agent_id": agent, "sent_at": when} for sender, agent, when in messages]
    home.add("messages", [row | {"contact_id": "tz6", "message_id": f"tz6-{n}"} for n, row in enumerate(rows)], "post")
    # The night in which New York's clocks go forward: six hours by the clock, five on the stopwatch.
    new_york = {"channel": "app", "time_zone": "America/New_York", "weekday": 7}
    home.setting("opening_hours", [new_york | {"opens": "00:00", "closes": "06:00"}])
    zone = ZoneInfo("America/New_York")
    midnight = datetime(2020, 3, 8, tzinfo=zone)
    add_wait(home, "spring", "app", midnight - timedelta(hours=1), datetime(2020, 3, 8, 9, tzinfo=zone))
    # Two shifts that overlap, valid from 1 August on: before that nobody stated any hours.
    shifts = [("08:00", "12:00"), ("10:00", "24:00")]
    for opens, closes in shifts:
        row = {"channel": "weibo", "opens": opens, "closes": closes, "valid_from": "2020-08-01"}
        home.setting("opening_hours", [row | {"weekday": day} for day in range(1, 8)])
    add_wait(home, "overlap", "weibo", at("2020-08-10 06:00"), at("2020-08-11 09:00"))
    add_wait(home, "unstated", "weibo", at("2020-07-31 22:00"), at("2020-08-01 09:00"))
    add_wait(home, "always", "wechat", at("2020-06-06 10:00"), at("2020-06-06 11:00"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("windows"), as_of=at("2020-10-31 20:00"))
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.source("post", not_recorded=("routing", "transfers"))
    add_repeat_cases(home)
    add_opening_cases(home)
    home.build("fct_contact")
    return home


def resolved(home: RawHome, customer: str) -> dict[str, tuple[int, int]]:
    """Cases and resolved cases of each contact of a customer, by the contact's letter."""
    rows = home.query(
        "select right(contact_id, 1), fcr_cases, fcr_resolved from fct_contact "
        f"where contact_id like '{customer}-%' order by contact_id"
    )
    return {letter: (cases, resolved) for letter, cases, resolved in rows}


def waited(home: RawHome, contact_id: str) -> tuple[Any, Any]:
    """Seconds waited, plain and within opening hours."""
    return home.query(
        f"select waited_seconds, waited_business_seconds from fct_contact where contact_id = '{contact_id}'"
    )[0]


def test_fcr_1_customers_with_one_contact_and_contacts_without_a_repeat_differ(home: RawHome) -> None:
    [(cases, solved, customers, single)] = home.query(
        "select sum(cases), sum(solved), count(*), count(*) filter (where cases = 1) from (select customer_id, "
        "sum(fcr_cases) as cases, sum(fcr_resolved) as solved from fct_contact where queue_id = 'fcr1' group by 1)"
    )
    assert (cases, solved) == (115, 100)
    assert (customers, single) == (100, 85)


def test_fcr_2_a_repeat_in_the_next_month_fails_the_first_contact(home: RawHome) -> None:
    assert resolved(home, "fcr2") == {"a": (1, 0), "b": (1, 1)}


def test_fcr_3_the_last_seven_days_are_provisional(home: RawHome) -> None:
    rows = home.query(
        "select contact_id, fcr_provisional_cases from fct_contact where contact_id like 'fcr3-%' order by 1"
    )
    assert rows == [("fcr3-a", 0), ("fcr3-b", 1)]


def test_fcr_4_a_callback_fails_the_contact_whatever_its_topic(home: RawHome) -> None:
    assert resolved(home, "fcr4") == {"a": (1, 0), "b": (0, 0)}


def test_only_the_same_topic_or_an_unknown_one_is_a_return(home: RawHome) -> None:
    # The parcel is no return of the bill, but the contact of unknown topic returns to both.
    assert resolved(home, "topics") == {"a": (1, 0), "b": (1, 0), "c": (1, 1)}


def test_the_window_ends_after_seven_days_start_to_start(home: RawHome) -> None:
    assert resolved(home, "exact")["a"] == (1, 0)
    assert resolved(home, "beyond")["a"] == (1, 1)


def test_an_unanswered_return_fails_the_contact_and_is_no_case(home: RawHome) -> None:
    assert resolved(home, "gaveup") == {"a": (1, 0), "b": (0, 0)}


def test_test_contacts_and_strangers_are_neither_cases_nor_returns(home: RawHome) -> None:
    assert resolved(home, "drill") == {"a": (1, 1), "b": (0, 0)}
    assert resolved(home, "stranger") == {"a": (0, 0)}


def test_repeats_are_counted_within_hours_of_the_start_in_order_of_start_and_id(home: RawHome) -> None:
    rows = home.query(
        "select contact_id, repeat_cases, repeats_24h, repeats_72h from fct_contact "
        "where customer_id in ('hours', 'twins', 'outward') order by 1"
    )
    assert rows == [
        ("hours-a", 1, 1, 1),
        ("hours-b", 1, 0, 1),
        ("hours-c", 1, 0, 0),
        ("hours-d", 1, 0, 0),
        ("outward-a", 1, 1, 1),
        ("outward-b", 1, 0, 0),
        ("twins-a", 1, 1, 1),
        ("twins-b", 1, 0, 0),
    ]


def test_tz_5_a_wait_over_the_weekend_counts_opening_hours_only(home: RawHome) -> None:
    assert waited(home, "tz5") == (65 * 3600, 3600)


def test_a_wait_outside_opening_hours_counts_nothing(home: RawHome) -> None:
    assert waited(home, "closed") == (3600, 0)


def test_holidays_close_one_channel_or_all(home: RawHome) -> None:
    assert waited(home, "holiday")[1] == 2 * 3600
    assert waited(home, "holiday-for-all")[1] == 2 * 3600


def test_tz_6_each_moment_counts_under_the_schedule_valid_then(home: RawHome) -> None:
    rows = home.query("select first_response_business_seconds from fct_contact where contact_id = 'tz6'")
    assert rows == [(57608,)]


def test_an_opening_over_the_clock_change_has_its_real_length(home: RawHome) -> None:
    assert waited(home, "spring") == (9 * 3600, 5 * 3600)


def test_overlapping_shifts_count_once_and_unstated_hours_are_open(home: RawHome) -> None:
    assert waited(home, "overlap")[1] == (16 + 1) * 3600
    assert waited(home, "unstated")[1] == (2 + 1) * 3600


def test_a_channel_without_hours_is_always_open(home: RawHome) -> None:
    assert waited(home, "always") == (3600, 3600)
