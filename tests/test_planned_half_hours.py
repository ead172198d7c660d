"""What was planned of a day, by hand: forecasts beside what came (FA-1 at a tenth), open half-hours without a shift."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome
from tests.support.voice import add_forecasts

pytestmark = pytest.mark.slow

Row = tuple[Any, ...]

PLANS = [
    # Planned from 09:15 to 10:00: the half-hours of 09:00 and 09:30 have somebody, those around do not.
    ("ann", "2026-03-03 09:15", "2026-03-03 09:45", None),
    ("ben", "2026-03-03 09:45", "2026-03-03 10:00", "work"),
    # A course is no work, and a shift before the doors open is none of the opening.
    ("ben", "2026-03-03 10:00", "2026-03-03 11:00", "training"),
    ("ann", "2026-03-03 07:00", "2026-03-03 08:45", "work"),
    # Through the night into Wednesday: all of it has somebody.
    ("nic", "2026-03-03 22:00", "2026-03-04 11:00", "work"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("planned"), as_of=at("2026-03-06 10:15"))
    for source in ("desk", "hr", "wfm"):
        home.source(source)
    hours = {"channel": "web", "opens": "08:45", "closes": "10:30"}
    home.setting("opening_hours", [hours | {"weekday": day} for day in range(1, 6)])
    home.setting("opening_hours", [{"channel": "app", "weekday": 2, "opens": "10:00", "closes": "11:00"}])
    home.setting("holidays", [{"holiday_on": "2026-03-05", "channel": None}])
    add_forecasts(home)
    add_chat(home, "first", "fay", at("2026-03-02 09:00"), 1)
    rows = [{"agent_id": who, "starts_at": at(a), "ends_at": at(b), "kind": kind} for who, a, b, kind in PLANS]
    home.add("shifts", rows, "hr")
    home.build("fct_forecast_load", "fct_open_half_hour", tested=True)
    return home


def told(home: RawHome, scope_kind: str) -> list[Row]:
    return home.query(
        "select scope_id, strftime(starts_at, '%H:%M'), forecast_contacts, received_contacts,"  # noqa: S608 - own words
        " difference, forecast_absolute_error::double from scorecard.fct_forecast_load"
        f" where scope_kind = '{scope_kind}' and forecast_date = '2026-03-06' order by all"
    )


def test_what_came_stands_beside_what_was_forecast(home: RawHome) -> None:
    assert told(home, "queue")[:2] == [("fa", "09:00", 10, 11, 1, 1), ("fa", "09:30", 10, 9, -1, 1)]


def test_the_queues_forecasts_are_those_of_channel_and_centre(home: RawHome) -> None:
    # The channel's own 99 of the same time would count the queue twice.
    assert [row[1:] for row in told(home, "channel")] == [row[1:] for row in told(home, "queue")]
    assert [row[1:] for row in told(home, "centre")] == [row[1:] for row in told(home, "queue")]


def test_an_interval_that_is_not_over_has_no_difference_yet(home: RawHome) -> None:
    # Six came in its first minutes, of five in half an hour.
    assert told(home, "queue")[2:] == [("fa", "10:00", 5, None, None, 0)]


def open_on(home: RawHome, day: str) -> list[Row]:
    return home.query(
        "select strftime(half_hour_started_at, '%H:%M'), channels, is_planned"  # noqa: S608 - own days
        f" from scorecard.fct_open_half_hour where local_date = '{day}' order by 1"
    )


def test_open_half_hours_without_anybodys_work_are_told(home: RawHome) -> None:
    # Tuesday: web from 08:45 to 10:30, the app from 10:00 to 11:00.
    assert open_on(home, "2026-03-03") == [
        ("08:30", ["web"], False),
        ("09:00", ["web"], True),
        ("09:30", ["web"], True),
        ("10:00", ["app", "web"], False),
        ("10:30", ["app"], False),
    ]


def test_a_shift_of_the_night_before_is_planned_work_too(home: RawHome) -> None:
    assert [row[2] for row in open_on(home, "2026-03-04")] == [True] * 4


def test_holidays_and_days_before_shifts_are_recorded_have_no_open_half_hours_to_judge(home: RawHome) -> None:
    assert open_on(home, "2026-03-02") == open_on(home, "2026-03-05") == []
    assert [row[2] for row in open_on(home, "2026-03-06")] == [False] * 4
