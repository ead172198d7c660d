"""Handle time, transfers, midnight and late headers of contacts (labels: acceptance cases)."""

from __future__ import annotations

import pytest

from tests.support.contact_rows import CONTACT_MODELS, Day, Row, contact, totals
from tests.support.raw_rows import RawHome

WORK, MOVES, MEANS = Day("2024-05-06"), Day("2024-05-07"), Day("2024-05-08")
SHANGHAI = "+08:00"


def add_handle_times(home: RawHome) -> None:
    """AHT-1: dialled 12 s, talked 240 s, on hold 60 s, wrapped up 45 s. AHT-2: two chats, one with 60 s of wrap-up."""
    home.add("contacts", [WORK.contact("aht-1", 36000, direction="outbound", channel="voice")])
    home.add(
        "contact_events",
        [
            WORK.event("aht-1", 36000, "offered", agent_id="anna"),
            WORK.event("aht-1", 36012, "connected", agent_id="anna"),
            WORK.event("aht-1", 36100, "held", agent_id="anna"),
            WORK.event("aht-1", 36160, "resumed", agent_id="anna"),
            WORK.event("aht-1", 36312, "ended", agent_id="anna"),
            WORK.event("aht-1", 36312, "wrap_up_started", agent_id="anna"),
            WORK.event("aht-1", 36357, "wrap_up_ended", agent_id="anna"),
            WORK.event("aht-2-a", "10:00:00", "connected", agent_id="bert"),
            WORK.event("aht-2-a", "10:10:00", "ended", agent_id="bert"),
            WORK.event("aht-2-a", "10:10:00", "wrap_up_started", agent_id="bert"),
            WORK.event("aht-2-a", "10:11:00", "wrap_up_ended", agent_id="bert"),
            WORK.event("aht-2-b", "10:08:00", "connected", agent_id="bert"),
            WORK.event("aht-2-b", "10:15:00", "ended", agent_id="bert"),
        ],
    )


def add_means(home: RawHome) -> None:
    """AVG-1: A handles 200 contacts of 60 s, B 10 of 300 s."""
    events: list[Row] = []
    for n in range(210):
        agent, talk = ("anna", 60) if n < 200 else ("bert", 300)
        events += MEANS.answered_call(f"avg-{n}", 36000 + n, wait=5, talk=talk, agent=agent)
    home.add("contact_events", events)


def transferred_call(contact_id: str, agents: list[str]) -> list[Row]:
    """Anna first; each transfer after a minute, picked up ten seconds later."""
    events = [MOVES.event(contact_id, 36000, "queued", queue_id="calls")]
    for number, agent in enumerate(agents):
        at = 36010 + 70 * number
        events.append(MOVES.event(contact_id, at, "connected", queue_id="calls", agent_id=agent))
        last = number == len(agents) - 1
        events.append(MOVES.event(contact_id, at + 60, "ended" if last else "transferred", agent_id=agent))
    return events


def add_transfers(home: RawHome) -> None:
    """TR-1: 1,000 contacts, 30 transferred, six of them twice. TR-2: A handles 100 and sends 4 to B, who handles 54."""
    events: list[Row] = []
    for n in range(1000):
        times = 2 if n < 6 else 1 if n < 30 else 0
        events += transferred_call(f"tr1-{n}", ["anna", "bert", "carl"][: times + 1])
    for n in range(150):
        events += transferred_call(f"tr2-{n}", ["A", "B"] if n < 4 else ["A"] if n < 100 else ["B"])
    home.add("contact_events", events)


def add_kinds_of_transfer(home: RawHome) -> None:
    home.add("queues", [{"queue_id": "experts", "name": "Experts", "kind": "expert"}])

    def moved(contact_id: str, target_queue: str, **transfer: str) -> list[Row]:
        return [
            MOVES.event(contact_id, 50000, "queued", queue_id="calls"),
            MOVES.event(contact_id, 50010, "connected", queue_id="calls", agent_id="anna"),
            MOVES.event(contact_id, 50070, "transferred", agent_id="anna", **transfer),
            MOVES.event(contact_id, 50070, "queued", queue_id=target_queue),
            MOVES.event(contact_id, 50090, "connected", queue_id=target_queue, agent_id="bert"),
            MOVES.event(contact_id, 50150, "ended", agent_id="bert"),
        ]

    home.add(
        "contact_events",
        [
            *moved("to-other", "sales", transfer_kind="blind", transfer_target_kind="queue"),
            *moved("to-expert", "experts", transfer_kind="warm", transfer_target_kind="queue"),
            # Asked a colleague: his leg lies within hers.
            MOVES.event("consult", 50000, "connected", agent_id="anna"),
            MOVES.event("consult", 50060, "transferred", agent_id="anna", transfer_kind="consult"),
            MOVES.event("consult", 50065, "connected", agent_id="bert"),
            MOVES.event("consult", 50100, "ended", agent_id="bert"),
            MOVES.event("consult", 50200, "ended", agent_id="anna"),
            # Sent to a menu, where nobody took it.
            MOVES.event("to-menu", 50000, "connected", agent_id="anna"),
            MOVES.event("to-menu", 50060, "transferred", agent_id="anna", transfer_target_kind="menu"),
            MOVES.event("to-menu", 50200, "ended"),
        ],
    )


def add_days(home: RawHome) -> None:
    """TZ-1: 23:50 to 00:20 in Shanghai. TZ-3: 16:30 UTC on 30 June is 1 July there. Late and missing headers."""
    night = Day("2024-05-31", SHANGHAI)
    next_day = Day("2024-06-01", SHANGHAI)
    july = Day("2024-06-30")
    home.add("contacts", [night.contact("tz-1", "23:50:00"), july.contact("tz-3", "16:30:00")])
    home.add(
        "contact_events",
        [
            night.event("tz-1", "23:50:00", "connected", agent_id="anna"),
            next_day.event("tz-1", "00:20:00", "ended", agent_id="anna"),
            *MOVES.answered_call("no-header", 60000, wait=10, talk=60),
            *MOVES.answered_call("late-header", 60000, wait=10, talk=60),
        ],
    )
    home.add("contacts", [MOVES.contact("late-header", 59990, channel="app", topic="cards")], landing_day="2026-01-09")
    home.add(
        "agent_accounts",
        [
            {"account_source_id": "desk", "account": "ext-7", "agent_id": "dora", "valid_from": "2024-01-01"},
            {"account_source_id": "desk", "account": "ext-7", "agent_id": "emil", "valid_from": "2024-06-01"},
        ],
    )
    home.add(
        "contact_events",
        [
            night.event("account-may", "23:59:59", "connected", agent_id="ext-7"),
            night.event("account-may", "23:59:59", "ended", agent_id="ext-7"),
            next_day.event("account-june", "00:00:00", "connected", agent_id="ext-7"),
            next_day.event("account-june", "00:01:00", "ended", agent_id="ext-7"),
        ],
    )


def add_stated_talk(home: RawHome) -> None:
    """Talk stated on each kind of event, and where nothing else tells the end of a leg."""
    home.add(
        "contact_events",
        [
            # On the connection, with an end that states none: talked 100 of 130 s.
            MOVES.event("talk-connected", 70000, "connected", agent_id="anna", talk_seconds=100),
            MOVES.event("talk-connected", 70130, "ended"),
            # Before the connection, and after the end.
            MOVES.event("talk-before", 70000, "queued", queue_id="calls", talk_seconds=100),
            MOVES.event("talk-before", 70010, "connected", queue_id="calls", agent_id="anna"),
            MOVES.event("talk-before", 70140, "ended"),
            MOVES.event("talk-after", 70000, "connected", agent_id="anna"),
            MOVES.event("talk-after", 70130, "ended"),
            MOVES.event("talk-after", 70130, "wrap_up_started", agent_id="anna"),
            MOVES.event("talk-after", 70160, "wrap_up_ended", agent_id="anna", talk_seconds=100),
            # The end's own statement wins; a consultation tells only what was talked until then.
            MOVES.event("talk-both", 70000, "connected", agent_id="anna", talk_seconds=100),
            MOVES.event("talk-both", 70130, "ended", talk_seconds=90),
            MOVES.event("talk-asked", 70000, "connected", agent_id="anna"),
            MOVES.event("talk-asked", 70050, "transferred", agent_id="anna", transfer_kind="consult", talk_seconds=50),
            MOVES.event("talk-asked", 70130, "ended"),
            # Each leg its own: Bert took over, and Anna's end came only then.
            MOVES.event("talk-taken", 70000, "connected", agent_id="anna"),
            MOVES.event("talk-taken", 70060, "connected", agent_id="bert", talk_seconds=30),
            MOVES.event("talk-taken", 70070, "ended", agent_id="anna", talk_seconds=45),
            MOVES.event("talk-taken", 70130, "ended", agent_id="bert"),
            # Nothing but the connection.
            MOVES.event("talk-alone", 70000, "connected", agent_id="anna", talk_seconds="75.5"),
        ],
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = RawHome(tmp_path_factory.mktemp("legs"), time_zone="Asia/Shanghai")
    built.source("desk", channel="voice", not_recorded=("messages", "system_messages"))
    for add in (add_handle_times, add_means, add_transfers, add_kinds_of_transfer, add_days, add_stated_talk):
        add(built)
    built.build(*CONTACT_MODELS, tested=True)
    return built


def test_aht_1_dialling_is_no_handling(home: RawHome) -> None:
    columns = ("talk_seconds", "hold_seconds", "wrap_up_seconds", "handle_seconds")
    assert contact(home, "aht-1", *columns) == (240, 60, 45, 345)


def test_aht_2_parallel_chats_are_handled_side_by_side(home: RawHome) -> None:
    assert totals(home, "aht-2-%", "handle_seconds", "handled_legs") == (660 + 420, 2)
    assert totals(home, "aht-2-%", "wrap_up_seconds", "wrap_up_contacts") == (60, 1)


def test_avg_1_a_mean_is_summed_before_it_is_divided(home: RawHome) -> None:
    seconds, contacts = totals(home, "avg-%", "contact_duration_seconds", "duration_contacts")
    assert round(float(seconds) / contacts, 2) == 71.43


def test_tr_1_contacts_are_counted_once_and_events_each_time(home: RawHome) -> None:
    columns = ("contacts_transferred", "transfer_events", "contacts_transfer_recorded")
    assert totals(home, "tr1-%", *columns) == (30, 36, 1000)


def test_tr_2_the_sender_carries_the_transfer(home: RawHome) -> None:
    legs = home.query(
        "select agent_id, sum(contacts_transferred), sum(contacts_transfer_recorded) from fct_contact_leg"
        " where contact_id like 'tr2-%' group by agent_id order by agent_id"
    )
    assert legs == [("A", 4, 100), ("B", 0, 54)]
    assert totals(home, "tr2-%", "contacts_handled", "handled_legs") == (150, 154)


def test_parts_of_transfers_add_up(home: RawHome) -> None:
    parts = (
        "contacts_transferred",
        "contacts_transferred_same_queue",
        "contacts_transferred_other_queue",
        "contacts_transferred_expert",
        "contacts_transferred_blind",
        "contacts_transferred_warm",
    )
    assert contact(home, "to-other", *parts) == (1, 0, 1, 0, 1, 0)
    assert contact(home, "to-expert", *parts) == (1, 0, 0, 1, 0, 1)
    assert contact(home, "tr1-0", *parts) == (1, 1, 0, 0, 1, 0)


def test_a_consultation_is_no_transfer_and_ends_no_leg(home: RawHome) -> None:
    assert contact(home, "consult", "contacts_transferred", "contact_duration_seconds") == (0, 200)
    legs = home.query(
        "select agent_id, contact_duration_seconds from fct_contact_leg"
        " where contact_id = 'consult' order by leg_number"
    )
    assert legs == [("anna", 200), ("bert", 35)]


def test_a_transfer_that_nobody_takes_is_none(home: RawHome) -> None:
    assert contact(home, "to-menu", "contacts_transferred", "contacts_transfer_recorded") == (0, 1)
    assert home.query("select end_kind, talk_seconds from fct_contact_leg where contact_id = 'to-menu'") == [
        ("transferred", 60)
    ]


def test_a_contact_that_was_lost_on_the_way_lasts_until_its_end(home: RawHome) -> None:
    # The leg ended with the transfer after 60 s, the contact 140 s later.
    assert contact(home, "to-menu", "contact_duration_seconds", "duration_method") == (200, "connected_to_end")
    assert totals(home, "to-menu", "contact_duration_seconds", fact="fct_contact_leg") == (60,)


def test_tz_1_a_contact_belongs_to_the_local_date_of_its_start(home: RawHome) -> None:
    columns = ("contact_date::varchar", "contact_duration_seconds", "contacts_handled")
    assert contact(home, "tz-1", *columns) == ("2024-05-31", 1800, 1)


def test_tz_3_the_local_month_counts(home: RawHome) -> None:
    assert contact(home, "tz-3", "contact_date::varchar") == ("2024-07-01",)


def test_a_contact_without_header_is_marked_not_dropped(home: RawHome) -> None:
    columns = ("is_header_missing", "channel", "contacts_handled", "topic")
    assert contact(home, "no-header", *columns) == (True, "voice", 1, None)
    assert contact(home, "late-header", *columns) == (False, "app", 1, "cards")


def test_an_account_is_the_person_who_holds_it_at_that_instant(home: RawHome) -> None:
    owners = home.query(
        "select contact_id, agent_id from fct_contact_leg where contact_id like 'account-%' order by contact_id"
    )
    assert owners == [("account-june", "emil"), ("account-may", "dora")]


def test_talk_counts_with_its_leg_on_whatever_event_it_stands(home: RawHome) -> None:
    legs = home.query(
        "select contact_id, agent_id, talk_seconds::double from fct_contact_leg"
        " where contact_id like 'talk-%' order by contact_id, leg_number"
    )
    assert legs == [
        ("talk-after", "anna", 100),
        ("talk-alone", "anna", 75.5),
        ("talk-asked", "anna", 130),
        ("talk-before", "anna", 100),
        ("talk-both", "anna", 90),
        ("talk-connected", "anna", 100),
        ("talk-taken", "anna", 45),
        ("talk-taken", "bert", 30),
    ]


def test_where_nothing_else_tells_the_end_the_stated_talk_does(home: RawHome) -> None:
    ends = home.query(
        "select end_kind, epoch(ended_at - connected_at) from fct_contact_leg where contact_id = 'talk-alone'"
    )
    assert ends == [("talk_stated", 75.5)]
    assert contact(home, "talk-alone", "is_open", "duration_method") == (False, "stated")
