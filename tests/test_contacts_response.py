"""Response times, message counts and validity of contacts, from raw rows to the facts (labels: acceptance cases)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.contact_rows import CONTACT_MODELS, Day, contact, totals
from tests.support.raw_rows import RawHome

FRT, REOPENED, CALLBACK = Day("2024-06-04"), Day("2024-06-07"), Day("2024-06-05")
ART, MIX, INVALID, TESTS = Day("2024-06-10"), Day("2024-06-11"), Day("2024-06-12"), Day("2024-06-13")
WRITTEN, HOURS = Day("2024-06-14"), Day("2024-06-21")


def add_first_responses(home: RawHome) -> None:
    events = [
        FRT.event("frt-1", "09:00:00", "queued", queue_id="chats"),
        FRT.event("frt-1", "09:00:40", "connected", queue_id="chats", agent_id="anna"),
        FRT.event("frt-2", "09:59:50", "queued", queue_id="chats"),
        FRT.event("frt-2", "10:00:00", "connected", queue_id="chats", agent_id="anna"),
        FRT.event("frt-2", "10:02:00", "transferred", agent_id="anna", transfer_kind="blind"),
        FRT.event("frt-2", "10:02:10", "connected", queue_id="chats", agent_id="bert"),
        FRT.event("frt-2", "10:09:00", "ended"),
    ]
    messages = [
        FRT.message("frt-1", "09:00:00", "customer"),
        FRT.message("frt-1", "09:00:41", "agent", "anna", is_manual=False),
        FRT.message("frt-1", "09:01:05", "agent", "anna"),
        FRT.message("frt-2", "09:59:50", "customer"),
        FRT.message("frt-2", "10:02:30", "agent", "bert"),
    ]
    monday = Day("2024-06-03")
    events += [
        monday.event("frt-3", "09:00:00", "queued", queue_id="chats"),
        monday.event("frt-3", "09:05:00", "ended"),
        REOPENED.event("frt-3-again", "14:00:00", "queued", queue_id="chats"),
        REOPENED.event("frt-3-again", "14:00:00", "connected", queue_id="chats", agent_id="anna"),
    ]
    messages += [
        monday.message("frt-3", "09:00:00", "customer"),
        REOPENED.message("frt-3-again", "14:00:00", "customer"),
        REOPENED.message("frt-3-again", "14:10:00", "agent", "anna"),
    ]
    home.add("contacts", [REOPENED.contact("frt-3-again", "14:00:00", reopened_from="frt-3")])
    home.add("contact_events", events)
    home.add("messages", messages)


def add_callbacks(home: RawHome) -> None:
    home.add(
        "contacts",
        [
            CALLBACK.contact("frt-4", "11:00:00", direction="callback"),
            CALLBACK.contact("frt-6", "12:00:00", direction="callback"),
        ],
    )
    home.add(
        "contact_events",
        [
            CALLBACK.event("frt-4", "11:00:10", "connected", agent_id="anna"),
            CALLBACK.event("frt-4", "11:20:00", "ended"),
            CALLBACK.event("frt-6", "12:00:10", "connected", agent_id="anna"),
            CALLBACK.event("frt-6", "12:20:00", "ended"),
        ],
    )
    home.add(
        "messages",
        [
            CALLBACK.message("frt-4", "11:00:30", "agent", "anna"),
            CALLBACK.message("frt-6", "12:00:30", "agent", "anna"),
            CALLBACK.message("frt-6", "12:01:00", "customer"),
            CALLBACK.message("frt-6", "12:01:20", "agent", "anna"),
        ],
    )


def add_turns(home: RawHome) -> None:
    """Case ART-1 word for word; ART-2 as session X (one turn of 120 s) and Y (nine of 10 s)."""
    home.add(
        "contact_events",
        [ART.event("art-1", "10:00:00", "connected", agent_id="anna")]
        + [ART.event(f"art-2-{name}", "11:00:00", "connected", agent_id="bert") for name in "xy"],
    )
    talk = [
        ("10:00:00", "C"),
        ("10:00:10", "C"),
        ("10:00:40", "A"),
        ("10:00:50", "A"),
        ("10:02:00", "C"),
        ("10:02:20", "A"),
    ]
    sides = {"C": ("customer", None), "A": ("agent", "anna")}
    messages = [ART.message("art-1", clock, *sides[side]) for clock, side in talk]
    messages += [
        ART.message("art-2-x", 40000, "customer"),
        ART.message("art-2-x", 40120, "agent", "bert"),
    ]
    for turn in range(9):
        messages.append(ART.message("art-2-y", 40000 + 100 * turn, "customer"))
        messages.append(ART.message("art-2-y", 40010 + 100 * turn, "agent", "bert"))
    home.add("messages", messages)


def add_mix_and_validity(home: RawHome) -> None:
    """MR-1: 300 : 270 : 120 in 30 contacts. IV-1: 9 of 900 inbound and 30 of 100 callbacks lack a side."""
    home.add(
        "contact_events",
        [MIX.event(f"mr-{n}", 36000, "connected", agent_id="anna") for n in range(30)]
        + [INVALID.event(f"iv-{n}", 36000, "connected", agent_id="anna") for n in range(1000)],
    )
    home.add("contacts", [INVALID.contact(f"iv-{n}", 36000, direction="callback") for n in range(900, 1000)])
    messages = []
    for n in range(30):
        messages += [MIX.message(f"mr-{n}", 36100 + 60 * k, "customer") for k in range(10)]
        messages += [MIX.message(f"mr-{n}", 36110 + 60 * k, "agent", "anna") for k in range(9)]
        messages += [MIX.message(f"mr-{n}", 36120, "system"), MIX.message(f"mr-{n}", 36001, "bot")]
        messages += [MIX.message(f"mr-{n}", 36002 + k, "agent", "anna", is_manual=False) for k in range(3)]
    for n in range(1000):
        messages.append(INVALID.message(f"iv-{n}", 36010, "agent", "anna"))
        is_silent = n < 9 or n >= 970
        if not is_silent:
            messages.append(INVALID.message(f"iv-{n}", 36020, "customer"))
    home.add("messages", messages)


def add_test_contacts(home: RawHome) -> None:
    """TC-1: 205 contacts, five of them tests: two by their flag, three by their caller."""
    home.add("contacts", [TESTS.contact(f"tc-{n}", 36000 + n, is_test=n < 2) for n in range(205)])
    events = []
    for n in range(205):
        events += TESTS.answered_call(f"tc-{n}", 36000 + n, wait=10, talk=60)
    for event in events:
        event["is_test_caller"] = event["contact_id"] in {"tc-2", "tc-3", "tc-4"}
    home.add("contact_events", events)
    messages = []
    for n in range(205):
        messages += [
            TESTS.message(f"tc-{n}", 36020 + n, "customer"),
            TESTS.message(f"tc-{n}", 36030 + n, "agent", "anna"),
        ]
    home.add("messages", messages)


def add_written_contacts(home: RawHome) -> None:
    """A source without routing: two agents answer one contact, a bot alone settles another."""
    home.source("mail", not_recorded=("routing", "system_messages"), channel="email")
    home.add(
        "messages",
        [
            WRITTEN.message("w-1", "09:00:00", "customer"),
            WRITTEN.message("w-1", "10:00:00", "agent", "anna"),
            WRITTEN.message("w-1", "11:00:00", "customer"),
            WRITTEN.message("w-1", "11:30:00", "agent", "bert"),
            WRITTEN.message("w-1", "11:40:00", "customer"),
            WRITTEN.message("w-1", "11:50:00", "agent", "anna"),
            WRITTEN.message("w-2", "12:00:00", "customer"),
            WRITTEN.message("w-2", "12:00:01", "bot"),
        ],
        source_id="mail",
    )


def add_opening_hours(home: RawHome) -> None:
    """The app answers Monday to Friday, 09:00 to 17:00; asked Friday 16:30, answered Monday 09:30."""
    home.setting(
        "opening_hours",
        [{"channel": "app", "weekday": day, "opens": "09:00", "closes": "17:00"} for day in range(1, 6)],
    )
    monday = Day("2024-06-24")
    home.add("contacts", [HOURS.contact("tz-5", "16:30:00", channel="app")])
    home.add(
        "contact_events",
        [
            HOURS.event("tz-5", "16:30:00", "queued", queue_id="app"),
            monday.event("tz-5", "09:30:00", "connected", queue_id="app", agent_id="anna"),
            monday.event("tz-5", "17:40:00", "ended"),
        ],
    )
    home.add(
        "messages",
        [
            HOURS.message("tz-5", "16:30:00", "customer"),
            monday.message("tz-5", "16:59:00", "agent", "anna"),
            monday.message("tz-5", "17:10:00", "customer"),
            monday.message("tz-5", "17:30:00", "agent", "anna"),
        ],
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = RawHome(tmp_path_factory.mktemp("response"))
    built.source("desk", channel="web")
    for add in (
        add_first_responses,
        add_callbacks,
        add_turns,
        add_mix_and_validity,
        add_test_contacts,
        add_written_contacts,
        add_opening_hours,
    ):
        add(built)
    built.build(*CONTACT_MODELS, tested=True)
    return built


def test_frt_1_an_automatic_welcome_is_no_response(home: RawHome) -> None:
    assert contact(home, "frt-1", "first_response_seconds", "customer_first_response_seconds", "wait_seconds") == (
        25,
        65,
        40,
    )


def test_frt_2_a_transfer_restarts_the_agents_clock_but_not_the_customers(home: RawHome) -> None:
    legs = home.query(
        "select agent_id, first_response_legs, first_response_seconds, first_response_unanswered_legs,"
        " customer_first_response_contacts, customer_first_response_seconds"
        " from fct_contact_leg where contact_id = 'frt-2' order by leg_number"
    )
    assert legs == [("anna", 0, 0, 1, 0, 0), ("bert", 1, 20, 0, 1, 160)]
    assert contact(home, "frt-2", "owner_agent_id", "customer_first_response_seconds") == ("bert", 160)


def test_frt_3_a_reopened_contact_is_a_new_one(home: RawHome) -> None:
    assert contact(home, "frt-3-again", "first_response_seconds", "reopened_from") == (600, "frt-3")
    assert contact(home, "frt-3", "first_response_legs", "contacts_handled") == (0, 0)


@pytest.mark.parametrize("contact_id", ["frt-4", "frt-6"])
def test_frt_4_and_frt_6_callbacks_have_no_first_response(home: RawHome, contact_id: str) -> None:
    assert contact(home, contact_id, "first_response_legs", "first_response_unanswered_legs") == (0, 0)


def test_a_callback_by_chat_connects_when_the_customer_answers(home: RawHome) -> None:
    columns = (
        "connect_attempts",
        "connects",
        "contacts_handled",
        "message_contacts_callback",
        "invalid_contacts_callback",
    )
    assert contact(home, "frt-4", *columns) == (1, 0, 0, 1, 1)
    assert contact(home, "frt-6", *columns) == (1, 1, 1, 1, 0)


def test_art_1_turns_run_from_the_first_unanswered_message(home: RawHome) -> None:
    turns = home.query(
        "select response_seconds, response_from_last_seconds from fct_message_turn"
        " where contact_key = 'desk/art-1' order by response_seconds desc"
    )
    assert turns == [(40, 30), (20, 20)]
    assert contact(home, "art-1", "response_turns", "response_seconds", "response_from_last_seconds") == (2, 60, 50)


def test_art_2_the_mean_is_over_turns_and_the_sources_wording_over_contacts(home: RawHome) -> None:
    turns, seconds, contacts, means = totals(
        home, "art-2-%", "response_turns", "response_seconds", "contacts_with_turns", "contact_mean_response_seconds"
    )
    assert (seconds / turns, means / contacts) == (21, 65)


def test_mr_1_automatic_messages_count_as_system_and_bots_nowhere(home: RawHome) -> None:
    columns = ("mixed_customer_messages", "mixed_agent_messages", "mixed_system_messages", "mixed_messages")
    assert totals(home, "mr-%", *columns) == (300, 270, 120, 690)


def test_iv_1_inbound_and_callbacks_are_judged_apart(home: RawHome) -> None:
    assert totals(home, "iv-%", "invalid_contacts_inbound", "message_contacts_inbound") == (9, 900)
    assert totals(home, "iv-%", "invalid_contacts_callback", "message_contacts_callback") == (30, 100)
    assert totals(home, "iv-%", "invalid_contacts", "message_contacts") == (39, 1000)


def test_who_was_asked_nothing_answers_nothing(home: RawHome) -> None:
    # In IV-1 the agent only greets: where the customer wrote, later, he was left without an answer.
    assert totals(home, "iv-%", "first_response_legs", "customer_first_response_contacts", "response_turns") == (
        0,
        0,
        0,
    )
    assert totals(home, "iv-%", "first_response_unanswered_legs") == (891,)


def test_tc_1_test_calls_are_facts_without_measures(home: RawHome) -> None:
    columns = ("contacts_received", "contacts_handled", "response_turns", "customer_messages")
    assert totals(home, "tc-%", *columns) == (200, 200, 200, 200)
    assert home.query("select count(*) from fct_contact where contact_id like 'tc-%' and is_test") == [(5,)]


def test_without_routing_each_writing_agent_has_one_leg(home: RawHome) -> None:
    legs = home.query(
        "select agent_id, connect_attempts, first_response_seconds, response_turns, response_seconds"
        " from fct_contact_leg where contact_id = 'w-1' order by leg_number"
    )
    assert legs == [("anna", 0, 3600, 2, 3600 + 600), ("bert", 0, 0, 1, 1800)]
    columns = ("contacts_received", "contacts_routed", "duration_method", "contact_duration_seconds", "mixed_messages")
    assert contact(home, "w-1", *columns) == (1, 0, "start_to_last_message", 10200, 0)


def test_a_contact_that_only_a_bot_took_is_not_received(home: RawHome) -> None:
    assert contact(home, "w-2", "is_bot_only", "contacts_received", "contacts_handled") == (True, 0, 0)
    assert contact(home, "w-2", "customer_messages", "mixed_messages") == (0, 0)


def test_tz_5_waits_and_answers_are_also_told_in_opening_hours(home: RawHome) -> None:
    assert contact(home, "tz-5", "waited_business_seconds", "wait_seconds") == (3600, Decimal(65 * 3600))
    # Asked Friday 16:30; the agent had it Monday 09:30 and replied 16:59. The later reply came after hours.
    assert contact(home, "tz-5", "first_response_seconds", "first_response_business_seconds") == (26940, 26940)
    turns = home.query(
        "select response_seconds, response_business_seconds from fct_message_turn"
        " where contact_key = 'desk/tz-5' order by response_seconds"
    )
    assert turns == [(1200, 0), (26940, 26940)]
