"""Agent time resolved, engaged and available, concurrency, clipped to dates (OCC-1 to 4, AHT-2, TZ-2, TZ-4)."""

# ruff: noqa: S608 - the queries' parts are written here

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.people_cases import add_chat, add_person, add_states
from tests.support.raw_rows import RawHome

NEW_YORK = ZoneInfo("America/New_York")


def local(text: str) -> datetime:
    """An instant in the centre's zone; of an hour that comes twice, the first."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def add_occupancy_cases(home: RawHome) -> None:
    day = "2024-03-04 "
    # OCC-1: 5 h of handling in ready time, 0.5 h of wrap-up, 1.5 h free, 0.5 h each of break and training.
    add_states(
        home,
        "occ1",
        [
            ("ready", local(day + "08:00"), local(day + "14:30")),
            ("wrap_up", local(day + "14:30"), local(day + "15:00")),
            ("away", local(day + "15:00"), local(day + "15:30")),
            ("training", local(day + "15:30"), local(day + "16:00")),
        ],
    )
    add_chat(home, "occ1-1", "occ1", local(day + "08:00"), 300)
    add_states(
        home,
        "occ2",
        [
            ("ready", local(day + "09:00"), None),
            ("busy", local(day + "16:00"), None),
            ("meal", local(day + "16:30"), None),
            ("offline", local(day + "17:00"), None),
        ],
    )
    add_states(home, "occ3", [("ready", local(day + "10:00"), local(day + "10:15"))])
    add_chat(home, "occ3-1", "occ3", local(day + "10:00"), 10)
    add_chat(home, "occ3-2", "occ3", local(day + "10:05"), 10, channel="wechat")
    add_chat(home, "occ4-1", "occ4", local(day + "10:00"), 10)
    add_chat(home, "occ4-2", "occ4", local(day + "10:10"), 10)
    add_chat(home, "aht2-1", "aht2", local(day + "10:00"), 10, wrap_up_minutes=1)
    add_chat(home, "aht2-2", "aht2", local(day + "10:08"), 7)
    # Chats 10:00-10:10 and 10:05-10:15, then the wrap-up state until 10:25 with a wrap-up of its first minute recorded.
    wrapping = [("ready", local(day + "10:00"), local(day + "10:15"))]
    wrapping.append(("wrap_up", local(day + "10:15"), local(day + "10:25")))
    add_states(home, "tidy", wrapping)
    add_chat(home, "tidy-1", "tidy", local(day + "10:00"), 10)
    add_chat(home, "tidy-2", "tidy", local(day + "10:05"), 10, wrap_up_minutes=1)
    add_chat(home, "plain-1", "plain", local(day + "10:00"), 10, source_id="log")
    # A chat until 10:10 with a wrap-up until 10:12, taken up once more from 10:28 to 10:31.
    add_states(home, "again", [("ready", local(day + "10:00"), local(day + "11:00"))])
    add_chat(home, "again-1", "again", local(day + "10:00"), 10, wrap_up_minutes=2)
    for kind, minute in (("started", 28), ("ended", 31)):
        event = {"contact_id": "again-1", "event_type": f"wrap_up_{kind}", "agent_id": "again"}
        home.add("contact_events", [event | {"occurred_at": local(f"{day}10:{minute}")}])
    add_person(home, "occ3", "2024-01-01", max_concurrent=8)


def add_state_cases(home: RawHome) -> None:
    add_states(home, "night", [("ready", local("2024-03-05 22:00"), local("2024-03-06 06:00"))])
    add_states(home, "spring", [("ready", local("2024-03-10 00:00"), local("2024-03-11 00:00"))])
    add_states(home, "autumn", [("ready", local("2024-11-03 00:00"), local("2024-11-04 00:00"))])
    # A meal inside a longer ready interval, and a training that begins in it and outlasts it.
    add_states(
        home,
        "tangle",
        [
            ("ready", local("2024-03-05 09:00"), local("2024-03-05 12:00")),
            ("meal", local("2024-03-05 10:00"), local("2024-03-05 10:30")),
            ("training", local("2024-03-05 11:45"), local("2024-03-05 12:15")),
        ],
    )
    add_states(home, "two", [("ready", local("2024-03-05 09:00"), local("2024-03-05 10:00"))], "desk")
    add_states(home, "two", [("ready", local("2024-03-05 09:30"), local("2024-03-05 10:30"))], "phone")
    add_states(home, "forgot", [("ready", local("2024-03-05 08:00"), None), ("busy", local("2024-03-07 08:00"), None)])
    add_chat(home, "long-1", "overnight", local("2024-03-05 23:50"), 30)
    add_chat(home, "long-2", "overnight", local("2024-03-06 00:05"), 30)
    add_states(home, "last", [("ready", local("2024-11-03 23:00"), None)])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("states"), time_zone="America/New_York")
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.source("phone", not_recorded=("messages", "system_messages"))
    home.source("log", not_recorded=("messages", "system_messages", "agent_states"))
    add_occupancy_cases(home)
    add_state_cases(home)
    home.build("fct_agent_day", "fct_agent_state_day", "fct_contact_leg", "int_state__half_hour")
    return home


def measured(home: RawHome, agent: str, *measures: str) -> list[tuple[Any, ...]]:
    """Measures of the days on which an agent worked, in order of date."""
    columns = ", ".join(measures)
    worked = f"agent_id = '{agent}' and signed_in_seconds + engaged_seconds > 0"
    return home.query(f"select {columns} from fct_agent_day where {worked} order by agent_date")


def test_occ_1_handling_and_wrap_up_are_occupied_time_and_breaks_are_not(home: RawHome) -> None:
    [(occupied, base, signed_in, working)] = measured(
        home, "occ1", "occupied_seconds", "occupancy_seconds", "signed_in_seconds", "working_seconds"
    )
    assert (occupied, base, signed_in, working) == (19800, 25200, 28800, 25200)
    assert round(100 * occupied / base, 2) == Decimal("78.57")
    assert round(100 * occupied / signed_in, 2) == Decimal("68.75")
    assert round(100 * working / signed_in, 2) == Decimal("87.50")


def test_occ_2_changes_without_an_end_last_until_the_next_change(home: RawHome) -> None:
    [(working, busy, away, signed_in)] = measured(
        home, "occ2", "working_seconds", "busy_seconds", "away_seconds", "signed_in_seconds"
    )
    shares = [100 * part / signed_in for part in (working, busy, away)]
    assert shares == [Decimal("87.5"), Decimal("6.25"), Decimal("6.25")]


def test_occ_3_two_chats_at_once_never_make_more_than_a_full_occupancy(home: RawHome) -> None:
    [(work, engaged, available, occupied, base)] = measured(
        home,
        "occ3",
        "engaged_sum_seconds",
        "engaged_seconds",
        "available_seconds",
        "occupied_seconds",
        "occupancy_seconds",
    )
    assert (work, engaged, available) == (1200, 900, 0)
    assert occupied / base == 1
    assert round(work / engaged, 2) == Decimal("1.33")


def test_the_peak_is_set_against_the_configured_cap_over_all_channels(home: RawHome) -> None:
    assert measured(home, "occ3", "peak_concurrent_legs", "configured_max_concurrent", "peak_cap_share") == [
        (2, 8, Decimal("0.25"))
    ]


def test_a_cap_that_nobody_stated_is_none_and_no_share_is_taken_of_it(home: RawHome) -> None:
    assert measured(home, "occ4", "peak_concurrent_legs", "configured_max_concurrent", "peak_cap_share") == [
        (1, None, None)
    ]


def test_occ_4_a_chat_that_begins_as_another_ends_is_not_at_the_same_time(home: RawHome) -> None:
    assert measured(home, "occ4", "peak_concurrent_legs") == [(1,)]


def test_aht_2_busy_time_is_the_union_of_chats_and_wrap_up(home: RawHome) -> None:
    assert measured(home, "aht2", "engaged_seconds", "engaged_sum_seconds") == [(900, 1080)]


def test_the_time_between_two_wrap_ups_of_a_leg_is_free(home: RawHome) -> None:
    # 10 + 2 + 3 of 60 minutes; the first half hour has 10 + 2 + 2 of them.
    columns = ("engaged_seconds", "engaged_sum_seconds", "available_seconds")
    assert measured(home, "again", *columns) == [(900, 900, 2700)]
    halves = "select engaged_seconds, available_seconds from intermediate.int_state__half_hour"
    order = "where agent_id = 'again' and signed_in_seconds > 0 order by half_hour_started_at"
    assert home.query(f"{halves} {order}") == [(840, 960), (60, 1740)]
    assert home.query("select talk_seconds, wrap_up_seconds from fct_contact_leg where agent_id = 'again'") == [
        (600, 300)
    ]


def test_the_wrap_up_state_is_engaged_with_one_contact(home: RawHome) -> None:
    # 20 minutes of chats and 10 of wrapping up, in 25 minutes; mean concurrency 1.2 and never below 1.
    assert measured(home, "tidy", "engaged_seconds", "engaged_sum_seconds", "available_seconds") == [(1500, 1800, 0)]


def test_a_leg_makes_an_agent_day_also_where_states_are_missing(home: RawHome) -> None:
    columns = ("agent_days", "state_agent_days", "agent_days_states_missing", "engaged_seconds", "occupied_seconds")
    assert measured(home, "plain", *columns) == [(1, 0, 0, 600, 0)]
    assert measured(home, "occ4", *columns) == [(1, 0, 1, 1200, 0)]


def test_tz_2_a_shift_over_midnight_gives_two_and_six_hours(home: RawHome) -> None:
    assert measured(home, "night", "agent_date::varchar", "signed_in_seconds") == [
        ("2024-03-05", 7200),
        ("2024-03-06", 21600),
    ]


def test_tz_4_clock_changes_give_46_and_50_half_hours(home: RawHome) -> None:
    rows = home.query(
        "select agent_id, count(*), sum(available_seconds), count(distinct half_hour_started_at), "
        "min(available_seconds) "
        "from intermediate.int_state__half_hour where agent_id in ('spring', 'autumn') "
        "group by agent_id order by agent_id"
    )
    assert rows == [("autumn", 50, 25 * 3600, 50, 1800), ("spring", 46, 23 * 3600, 46, 1800)]


def test_an_interrupted_state_holds_again_and_no_second_counts_twice(home: RawHome) -> None:
    rows = home.query("select state, state_seconds from fct_agent_state_day where agent_id = 'tangle' order by state")
    assert rows == [("meal", 1800), ("ready", 8100), ("training", 1800)]
    assert measured(home, "tangle", "signed_in_seconds") == [(11700,)]


def test_two_systems_at_once_sign_an_agent_in_once(home: RawHome) -> None:
    assert measured(home, "two", "signed_in_seconds", "ready_seconds", "agent_days") == [(5400, 5400, 1)]


def test_a_state_that_never_ends_is_cut_after_sixteen_hours(home: RawHome) -> None:
    assert measured(home, "forgot", "agent_date::varchar", "ready_seconds", "busy_seconds") == [
        ("2024-03-05", 57600, 0),
        ("2024-03-07", 0, 57600),
    ]


def test_a_state_still_open_ends_with_the_data(home: RawHome) -> None:
    assert measured(home, "last", "signed_in_seconds") == [(3600,)]


def test_a_chat_over_midnight_is_engaged_time_and_concurrency_of_both_dates(home: RawHome) -> None:
    assert measured(home, "overnight", "agent_date::varchar", "engaged_seconds", "peak_concurrent_legs") == [
        ("2024-03-05", 600, 1),
        ("2024-03-06", 2100, 2),
    ]


def test_states_of_an_agent_day_add_up_to_its_signed_in_time(home: RawHome) -> None:
    unequal = home.query(
        "select agent_id, agent_date from fct_agent_day where signed_in_seconds "
        "!= ready_seconds + busy_seconds + away_seconds + training_seconds + wrap_up_state_seconds"
    )
    assert unequal == []
