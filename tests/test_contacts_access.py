"""Queues, service level, abandons and connect rate of contacts (labels: acceptance cases)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.contact_rows import CONTACT_MODELS, Day, Row, contact, totals
from tests.support.raw_rows import RawHome

CALLS, OTHER = Day("2024-05-06"), Day("2024-05-07")


def add_service_level(home: RawHome) -> None:
    """SL-1: 1,000 answered, 860 of them within 20 s; 60 abandoned, 20 of them within 20 s, 10 of those within 5 s."""
    waits = [20.0] * 860 + [20.001] * 140
    gone = [5.0] * 10 + [20.0] * 10 + [21.0] * 40
    events: list[Row] = []
    for n, wait in enumerate(waits):
        events += CALLS.answered_call(f"sl-a{n}", 36000, wait=wait, talk=60)
    for n, wait in enumerate(gone):
        events += CALLS.abandoned_call(f"sl-b{n}", 36000, wait=wait)
    home.add("contact_events", events)


def add_queue_times(home: RawHome) -> None:
    """Q-1: five answered after 0, 30, 60, 61 and 120 s. Q-2: three abandoned after 3, 8 and 40 s."""
    events: list[Row] = []
    for n, wait in enumerate([0, 30, 60, 61, 120]):
        events += CALLS.answered_call(f"q1-{n}", 40000, wait=wait, talk=60)
    for n, wait in enumerate([3, 8, 40]):
        events += CALLS.abandoned_call(f"q2-{n}", 40000, wait=wait)
    home.add("contact_events", events)


def add_connect_rate(home: RawHome) -> None:
    """CR-1: 950 inbound with 30 abandoned; 50 outbound calls with 10 that nobody answered."""
    events: list[Row] = []
    for n in range(920):
        events += OTHER.answered_call(f"cr-in{n}", 36000, wait=5, talk=60)
    for n in range(920, 950):
        events += OTHER.abandoned_call(f"cr-in{n}", 36000, wait=30)
    for n in range(50):
        events.append(OTHER.event(f"cr-out{n}", 36000, "offered", agent_id="anna"))
        if n >= 10:
            events.append(OTHER.event(f"cr-out{n}", 36010, "connected", agent_id="anna"))
    home.add("contact_events", events)
    home.add("contacts", [OTHER.contact(f"cr-out{n}", 36000, channel="voice", direction="outbound") for n in range(50)])


def add_nine_endings(home: RawHome) -> None:
    """DT-1: one visit of each kind."""
    events = OTHER.answered_call("dt-answered", 40000, wait=10, talk=60)
    events += OTHER.abandoned_call("dt-abandoned", 40000, wait=10)
    for name, reason in (("timeout", "timeout"), ("leaveempty", "empty")):
        events.append(OTHER.event(f"dt-{name}", 40000, "queued", queue_id="calls"))
        events.append(OTHER.event(f"dt-{name}", 40030, "left_queue", queue_id="calls", reason=reason))
    for name, reason in (
        ("full", "full"),
        ("closed", "closed_hours"),
        ("joinempty", "join_empty"),
        ("diverted-by-ratio", "diverted"),
        ("diverted-by-wait", "diverted"),
    ):
        events.append(OTHER.event(f"dt-{name}", 40000, "refused", queue_id="calls", reason=reason))
    home.add("contact_events", events)


def add_odd_visits(home: RawHome) -> None:
    home.add(
        "contact_events",
        [
            # Overflow: out of one queue and into the next in the same second.
            OTHER.event("overflow", 50000, "queued", queue_id="calls"),
            OTHER.event("overflow", 50030, "left_queue", queue_id="calls", wait_seconds=30, reason="timeout"),
            OTHER.event("overflow", 50030, "queued", queue_id="backup"),
            OTHER.event("overflow", 50050, "connected", queue_id="backup", agent_id="anna", wait_seconds=20),
            OTHER.event("overflow", 50110, "ended", agent_id="anna"),
            # Transferred into a second queue and given up there: handled, and abandoned for that queue alone.
            *OTHER.answered_call("second-queue", 50000, wait=10, talk=50),
            OTHER.event("second-queue", 50060, "queued", queue_id="backup"),
            OTHER.event("second-queue", 50100, "abandoned", queue_id="backup"),
            # The exit was lost; the contact is known to have ended.
            OTHER.event("lost-exit", 50000, "queued", queue_id="calls"),
            OTHER.event("lost-exit", 50070, "ended"),
            # The entry was lost; the connection states the wait.
            OTHER.event("lost-entry", 50012, "connected", queue_id="calls", agent_id="anna", wait_seconds=12),
            OTHER.event("lost-entry", 50100, "ended", agent_id="anna", talk_seconds=87),
            # Nothing but an entry: still there.
            OTHER.event("waiting", 86000, "queued", queue_id="calls"),
            # The source's own duration wins over the stamps.
            OTHER.event("stated", 51000, "queued", queue_id="calls"),
            OTHER.event("stated", 51010, "connected", queue_id="calls", agent_id="bert", wait_seconds="9.4"),
            OTHER.event("stated", 51100, "ended", agent_id="bert", talk_seconds="89.5"),
        ],
    )


def add_offers(home: RawHome) -> None:
    """Anna declines, is offered the call again and does not pick up; Bert takes it."""
    home.add(
        "contact_events",
        [
            OTHER.event("offers", 52000, "queued", queue_id="calls"),
            OTHER.event("offers", 52000, "offered", queue_id="calls", agent_id="anna"),
            OTHER.event("offers", 52010, "declined", queue_id="calls", agent_id="anna"),
            OTHER.event("offers", 52010, "offered", queue_id="calls", agent_id="anna"),
            OTHER.event("offers", 52020, "offered", queue_id="calls", agent_id="bert"),
            OTHER.event("offers", 52025, "connected", queue_id="calls", agent_id="bert"),
            OTHER.event("offers", 52100, "ended", agent_id="bert"),
            # An answered call without an agent is answered, but nobody's.
            OTHER.event("nobody", 52000, "queued", queue_id="calls"),
            OTHER.event("nobody", 52005, "connected", queue_id="calls", agent_id="NONE"),
            OTHER.event("nobody", 52100, "ended", agent_id="NONE"),
        ],
    )


def add_unknown_waits(home: RawHome) -> None:
    """Four answered: after 10 s, after a stated 30 s, and two of which nobody says how long; three gave up, one so."""
    home.add(
        "contact_events",
        [
            *OTHER.answered_call("uw-stamped", 60000, wait=10, talk=60),
            OTHER.event("uw-stated", 60030, "connected", queue_id="calls", agent_id="anna", wait_seconds=30),
            OTHER.event("uw-silent", 60000, "connected", queue_id="calls", agent_id="anna"),
            # It gave up in one queue, nobody says after how long, and was answered in the other.
            OTHER.event("uw-half", 59990, "left_queue", queue_id="calls", reason="timeout"),
            OTHER.event("uw-half", 60000, "queued", queue_id="backup"),
            OTHER.event("uw-half", 60008, "connected", queue_id="backup", agent_id="bert"),
            *OTHER.abandoned_call("uw-left", 60000, wait=40),
            OTHER.event("uw-left-stated", 60000, "abandoned", queue_id="calls", wait_seconds="0.5"),
            OTHER.event("uw-left-silent", 60000, "abandoned", queue_id="calls"),
            # Answered, nobody says after how long; what it waits after the transfer is the second queue's.
            OTHER.event("later", 60000, "connected", agent_id="anna"),
            OTHER.event("later", 60050, "transferred", agent_id="anna", transfer_kind="blind"),
            OTHER.event("later", 60050, "queued", queue_id="backup"),
            OTHER.event("later", 60057, "connected", queue_id="backup", agent_id="bert"),
            # An answer after less than a second, without an entry.
            OTHER.event("quick", 60000, "connected", queue_id="calls", agent_id="anna", wait_seconds="0.4"),
            # Turned away by one queue, and by the next for another reason; and without one.
            OTHER.event("refused-twice", 60000, "refused", queue_id="calls", reason="full"),
            OTHER.event("refused-twice", 60001, "refused", queue_id="backup", reason="closed_hours"),
            OTHER.event("refused-silent", 60000, "refused", queue_id="calls"),
            # Turned away, and then answered without a queue: no wait.
            OTHER.event("refused-taken", 60000, "refused", queue_id="calls", reason="full"),
            OTHER.event("refused-taken", 60009, "connected", agent_id="anna"),
        ],
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = RawHome(tmp_path_factory.mktemp("access"))
    built.source("desk", channel="voice", not_recorded=("messages", "system_messages"))
    for add in (
        add_service_level,
        add_queue_times,
        add_connect_rate,
        add_nine_endings,
        add_odd_visits,
        add_offers,
        add_unknown_waits,
    ):
        add(built)
    built.build(*CONTACT_MODELS, tested=True)
    return built


def test_sl_1_short_abandons_leave_the_denominator(home: RawHome) -> None:
    assert totals(home, "sl-%", "service_level_met", "service_level_offered") == (860, 1060 - 10)
    assert totals(home, "sl-%", "contacts_answered", "contacts_abandoned", "contacts_abandoned_short") == (1000, 60, 10)


def test_sl_2_nothing_offered_gives_no_denominator(home: RawHome) -> None:
    assert totals(home, "dt-full", "service_level_met", "service_level_offered") == (0, 0)


def test_q_1_placement_is_strict_and_zero_waits_are_no_waits(home: RawHome) -> None:
    assert totals(home, "q1-%", "contacts_waited_over_limit", "contacts_routed") == (2, 5)
    waited, contacts, everybody = totals(home, "q1-%", "waited_seconds", "contacts_waited", "routed_wait_seconds")
    assert (float(waited) / contacts, float(everybody) / 5) == (67.75, 54.2)


def test_q_2_short_abandons_are_counted_apart(home: RawHome) -> None:
    assert totals(home, "q2-%", "contacts_abandoned_counted", "abandon_seconds_counted") == (2, 48)
    assert totals(home, "q2-%", "contacts_abandoned", "abandon_seconds_all") == (3, 51)


def test_cr_1_outbound_attempts_stand_beside_received_contacts(home: RawHome) -> None:
    assert totals(home, "cr-%", "connects", "connect_attempts", "contacts_received") == (960, 1000, 950)


@pytest.mark.parametrize("fact", ["fct_contact", "fct_queue_visit"])
def test_dt_1_what_is_turned_away_is_neither_received_nor_abandoned(home: RawHome, fact: str) -> None:
    columns = ("contacts_received", "connects", "contacts_abandoned", "contacts_blocked", "contacts_left_otherwise")
    assert totals(home, "dt-%", *columns, fact=fact) == (4, 1, 1, 5, 2)


def test_a_contact_in_two_queues_waits_in_both_and_counts_once(home: RawHome) -> None:
    visits = home.query(
        "select queue_id, outcome, routed_wait_seconds, contacts_received from fct_queue_visit"
        " where contact_key = 'desk/overflow' order by visit_number"
    )
    assert visits == [("calls", "left", 30, 1), ("backup", "connected", 20, 1)]
    assert contact(home, "overflow", "contacts_received", "wait_seconds", "connects", "queue_id") == (1, 50, 1, "calls")


def test_a_wait_after_a_transfer_belongs_to_the_queue_alone(home: RawHome) -> None:
    assert contact(home, "second-queue", "connects", "contacts_abandoned", "wait_seconds") == (1, 0, 10)
    visits = home.query(
        "select queue_id, contacts_abandoned, abandon_seconds_all, contacts_handled from fct_queue_visit"
        " where contact_key = 'desk/second-queue' order by visit_number"
    )
    assert visits == [("calls", 0, 0, 1), ("backup", 1, 40, 0)]


def test_a_lost_exit_is_told_by_what_follows(home: RawHome) -> None:
    assert contact(home, "lost-exit", "contacts_left_otherwise", "wait_seconds", "contacts_abandoned") == (1, 70, 0)
    assert contact(home, "waiting", "contacts_still_queued", "wait_seconds", "is_open") == (1, None, True)


def test_a_lost_entry_is_told_by_the_stated_wait(home: RawHome) -> None:
    visits = home.query(
        "select outcome, extract(second from entered_at), routed_wait_seconds from fct_queue_visit"
        " where contact_key = 'desk/lost-entry'"
    )
    # The call connected at 13:53:32 after 12 s.
    assert visits == [("connected", 20, 12)]


def test_the_sources_own_durations_win_over_stamps(home: RawHome) -> None:
    columns = ("wait_seconds::varchar", "contact_duration_seconds::varchar", "duration_method")
    assert contact(home, "stated", *columns) == ("9.400", "89.500", "stated")


def test_an_agent_is_charged_for_the_offers_he_let_go(home: RawHome) -> None:
    offers = home.query(
        "select agent_id, connect_attempts, connects from fct_agent_offer where contact_key = 'desk/offers'"
    )
    assert offers == [("anna", 1, 0), ("anna", 1, 0)]
    legs = home.query("select agent_id, connect_attempts, connects from fct_contact_leg where contact_id = 'offers'")
    assert legs == [("bert", 1, 1)]


def test_a_call_answered_by_nobody_known_is_in_no_agents_numbers(home: RawHome) -> None:
    columns = ("connects", "handled_legs", "owner_agent_id")
    assert contact(home, "nobody", *columns) == (1, 1, None)


def test_an_unknown_wait_is_in_no_sum_and_in_no_count_that_it_is_divided_by(home: RawHome) -> None:
    columns = ("contacts_routed", "contacts_wait_recorded", "routed_wait_seconds", "contacts_waited_over_limit")
    assert totals(home, "uw-%", *columns) == (7, 4, Decimal("80.5"), 0)
    assert totals(home, "uw-%", "contacts_answered", "contacts_answered_wait_recorded", "answer_wait_seconds") == (
        4,
        2,
        40,
    )
    # Of the answered one within 20 s; of the abandoned one is not short.
    assert totals(home, "uw-%", "service_level_met", "service_level_offered") == (1, 3)


def test_an_abandoned_contact_of_unknown_wait_is_neither_short_nor_not(home: RawHome) -> None:
    columns = ("contacts_abandoned", "contacts_abandoned_wait_recorded", "contacts_abandoned_short")
    assert totals(home, "uw-%", *columns, "contacts_abandoned_counted", "abandon_seconds_all") == (
        3,
        2,
        1,
        1,
        Decimal("40.5"),
    )


def test_a_contact_waited_as_long_as_all_its_stays_tell(home: RawHome) -> None:
    assert contact(home, "uw-half", "wait_seconds", "connects") == (None, 1)
    visits = home.query(
        "select queue_id, contacts_wait_recorded, routed_wait_seconds from fct_queue_visit"
        " where contact_id = 'uw-half' order by visit_number"
    )
    assert visits == [("calls", 0, 0), ("backup", 1, 8)]
    assert contact(home, "later", "wait_seconds", "contacts_answered") == (None, 1)
    assert totals(home, "later", "routed_wait_seconds", fact="fct_queue_visit") == (7,)
    assert contact(home, "refused-taken", "wait_seconds", "contacts_answered", "contacts_wait_recorded") == (None, 1, 0)


def test_a_stated_wait_of_less_than_a_second_is_a_wait(home: RawHome) -> None:
    assert contact(home, "quick", "wait_seconds", "contacts_wait_recorded") == (Decimal("0.4"), 1)


def test_the_reasons_of_contacts_turned_away_add_up_to_them(home: RawHome) -> None:
    parts = [f"contacts_blocked_{part}" for part in ("full", "closed", "unstaffed", "diverted", "otherwise")]
    assert totals(home, "dt-%", "contacts_blocked", *parts) == (5, 1, 1, 1, 2, 0)
    # The last queue that turned a contact away counts for it; each queue counts for itself.
    assert totals(home, "refused-twice", "contacts_blocked", *parts) == (1, 0, 1, 0, 0, 0)
    assert totals(home, "refused-twice", *parts, fact="fct_queue_visit") == (1, 1, 0, 0, 0)
    assert totals(home, "refused-silent", *parts) == (0, 0, 0, 0, 1)


def test_a_stay_keeps_the_reason_of_its_exit_and_the_id_of_its_contact(home: RawHome) -> None:
    found = home.query(
        "select contact_id, exit_reason from fct_queue_visit"
        " where contact_id in ('dt-full', 'dt-leaveempty', 'dt-answered', 'refused-silent') order by contact_id"
    )
    assert found == [("dt-answered", None), ("dt-full", "full"), ("dt-leaveempty", "empty"), ("refused-silent", None)]
