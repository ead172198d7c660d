"""The plain reckoning itself, on contacts worked by hand."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.oracle.catalogue import kpis
from tests.oracle.feeds import Centre, Row, Source
from tests.oracle.formulas import RECKONED, UNRECKONED, value_of
from tests.oracle.people import union
from tests.oracle.reckon import reckon
from tests.oracle.times import TIMED, nearest_rank, times_of

DAY = datetime(2026, 3, 2, tzinfo=UTC)
CENTRE = ("centre", "centre")


def centre_with(**feeds: list[Row]) -> Centre:
    """A centre in Shanghai with one source that records everything."""
    centre = Centre(ZoneInfo("Asia/Shanghai"), {"desk": Source("desk")}, frozenset({"c0"}))
    centre.feeds = {feed: [{**row, "file_source": "desk"} for row in rows] for feed, rows in feeds.items()}
    return centre


def contact(started: str, **cells: str) -> Row:
    row = {"contact_id": "k1", "customer_id": "c1", "channel": "web", "direction": "inbound", "queue_id": "q1"}
    row |= {"topic": "", "started_at": f"2026-03-02T{started}+08:00", "ended_at": "", "is_test": "false"}
    return row | cells


def event(at: str, event_type: str, agent_id: str = "", **cells: str) -> Row:
    row = {"contact_id": "k1", "occurred_at": f"2026-03-02T{at}+08:00", "event_type": event_type}
    return row | {"agent_id": agent_id, "queue_id": "q1", "transfer_kind": ""} | cells


def message(at: str, sender: str, agent_id: str = "", is_manual: str = "true") -> Row:
    row = {"contact_id": "k1", "sent_at": f"2026-03-02T{at}+08:00", "sender": sender}
    return row | {"agent_id": agent_id, "is_manual": is_manual}


def values(centre: Centre, scope: tuple[str, str], *kpi_ids: str) -> list[tuple[int, int | None]]:
    """Numerator and denominator of KPIs of a scope over all dates."""
    total: Counter[str] = Counter()
    for (found, _), amounts in reckon(Path("nowhere"), centre).items():
        if found == scope:
            total.update(amounts)
    return [value_of(kpi_id, total) for kpi_id in kpi_ids]


def test_first_response_starts_at_the_connect_and_no_automatic_text_ends_it() -> None:
    centre = centre_with(
        contacts=[contact("09:00:00")],
        contact_events=[event("09:00:00", "queued"), event("09:00:40", "connected", "a"), event("09:03:00", "ended")],
        messages=[
            message("09:00:00", "customer"),
            message("09:00:41", "agent", "a", is_manual="false"),
            message("09:01:05", "agent", "a"),
        ],
    )
    found = values(
        centre, CENTRE, "first_response_time", "customer_first_response_time", "avg_queue_time", "message_mix_system"
    )
    assert found == [(25, 1), (65, 1), (40, 1), (1, 3)]


def test_who_passes_a_contact_on_without_a_word_carries_the_missing_reply_and_the_transfer() -> None:
    centre = centre_with(
        contacts=[contact("09:59:50")],
        queues=[{"queue_id": "q1", "kind": "normal"}],
        contact_events=[
            event("09:59:50", "queued"),
            event("10:00:00", "connected", "a"),
            event("10:02:00", "transferred", "a", transfer_kind="blind"),
            event("10:02:10", "connected", "b"),
            event("10:05:00", "ended"),
        ],
        messages=[message("09:59:50", "customer"), message("10:02:30", "agent", "b")],
    )
    kpi_ids = ("first_response_time", "first_response_unanswered", "transfer_rate", "contacts_handled")
    assert values(centre, ("agent", "a"), *kpi_ids) == [(0, 0), (1, None), (1, 1), (1, None)]
    assert values(centre, ("agent", "b"), *kpi_ids) == [(20, 1), (0, None), (0, 1), (1, None)]
    assert values(centre, CENTRE, "customer_first_response_time", "contacts_handled") == [(160, 1), (1, None)]


def test_a_turn_runs_from_its_first_customer_message() -> None:
    at = ["10:00:00", "10:00:10", "10:00:40", "10:00:50", "10:02:00", "10:02:20"]
    senders = ["customer", "customer", "agent", "agent", "customer", "agent"]
    centre = centre_with(
        contacts=[contact("10:00:00")],
        contact_events=[event("09:59:58", "queued"), event("09:59:59", "connected", "a"), event("10:03:00", "ended")],
        messages=[message(time, sender, "a") for time, sender in zip(at, senders, strict=True)],
    )
    assert values(centre, CENTRE, "avg_response_time", "response_time_from_last_message") == [(60, 2), (50, 2)]


@pytest.mark.parametrize(("wait", "counted"), [(3, 0), (5, 0), (6, 1)])
def test_short_abandons_are_those_of_five_seconds_or_less(wait: int, counted: int) -> None:
    centre = centre_with(
        contacts=[contact("10:00:00")],
        contact_events=[event("10:00:00", "queued"), event(f"10:00:0{wait}", "abandoned")],
    )
    found = values(centre, CENTRE, "avg_abandon_time", "avg_abandon_time_all", "service_level")
    assert found == [(wait * counted, counted), (wait, 1), (0, counted)]


def test_a_contact_over_midnight_belongs_to_its_first_date_and_its_seconds_of_work_to_both() -> None:
    # 23:50 to 00:20 in Shanghai, signed in throughout: 10 minutes engaged on the first date, 20 on the second.
    state = {"agent_id": "a", "state": "ready", "started_at": "2026-03-02T23:00:00+08:00"}
    centre = centre_with(
        contacts=[contact("23:50:00")],
        contact_events=[
            event("23:50:00", "connected", "a"),
            event("00:20:00", "ended", occurred_at="2026-03-03T00:20:00+08:00"),
        ],
        agent_states=[{**state, "ended_at": "2026-03-03T01:00:00+08:00"}],
    )
    centre.feeds["contacts"][0]["direction"] = "callback"
    centre.feeds["messages"] = [{**message("23:51:00", "customer"), "file_source": "desk"}]
    sums = reckon(Path("nowhere"), centre)
    by_date = [value_of("occupancy", sums[CENTRE, day]) for day in sorted({day for _, day in sums})]
    durations = [value_of("avg_contact_duration", sums[CENTRE, day]) for day in sorted({day for _, day in sums})]
    assert by_date == [(600, 3600), (1200, 3600)]
    assert durations == [(1800, 1), (0, 0)]


def test_two_chats_at_once_count_twice_and_the_wrap_up_state_alone_counts_once() -> None:
    # The catalogue's two chats, 10:00-10:10 and 10:05-10:15, then the wrap-up state from 10:14 to 10:20:
    # 600 s + 600 s + 300 s with nothing else beside, over the 1,200 s from 10:00 to 10:20.
    state = {"agent_id": "a", "state": "wrap_up", "started_at": "2026-03-02T10:14:00+08:00"}
    centre = centre_with(
        contacts=[contact("10:00:00"), contact("10:05:00", contact_id="k2")],
        contact_events=[
            event("10:00:00", "connected", "a"),
            event("10:10:00", "ended"),
            event("10:05:00", "connected", "a", contact_id="k2"),
            event("10:15:00", "ended", contact_id="k2"),
        ],
        agent_states=[{**state, "ended_at": "2026-03-02T10:20:00+08:00"}],
    )
    for scope in (CENTRE, ("agent", "a")):
        assert values(centre, scope, "avg_concurrent_contacts") == [(1500, 1200)]
    centre.feeds["agent_states"] = []
    assert values(centre, CENTRE, "avg_concurrent_contacts") == [(1200, 900)]


def test_every_kpi_of_the_catalogue_is_reckoned_or_stands_on_the_list_of_exceptions() -> None:
    assert sorted(set(kpis()) - RECKONED) == sorted(UNRECKONED)
    assert sorted(RECKONED - set(kpis())) == []
    assert all(UNRECKONED.values())


def test_times_of_every_kpi_with_percentiles_are_reckoned() -> None:
    assert {kpi_id for kpi_id, kpi in kpis().items() if kpi.percentile_fact} == TIMED


def test_percentiles_over_all_waits_have_those_of_nobody_who_waited_and_those_cut_short() -> None:
    def called(contact_id: str, wait: int, end: str) -> list[Row]:
        rows = [event("09:00:00", "queued"), event(f"09:00:{wait:02}", end, "a" if end == "connected" else "")]
        return [row | {"contact_id": contact_id} for row in rows]

    waits = {"k1": (0, "connected"), "k2": (3, "abandoned"), "k3": (20, "abandoned")}
    centre = centre_with(
        contacts=[contact("09:00:00", contact_id=name) for name in waits],
        contact_events=[row for name, (wait, end) in waits.items() for row in called(name, wait, end)],
    )
    times = times_of(centre)

    names = ("avg_queue_time", "avg_queue_time_all", "avg_abandon_time", "avg_abandon_time_all")
    assert [sorted(times[kpi_id, CENTRE]) for kpi_id in names] == [[3, 20], [0, 3, 20], [20], [3, 20]]
    assert [nearest_rank(times["avg_queue_time_all", CENTRE], percent) for percent in (50, 90)] == [3, 20]


def test_spans_that_touch_become_one() -> None:
    hours = [DAY.replace(hour=hour) for hour in range(4)]
    assert union([(hours[0], hours[1]), (hours[1], hours[2])]) == [(hours[0], hours[2])]
