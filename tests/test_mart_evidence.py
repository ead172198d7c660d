"""A verdict is as strong as its evidence: landing files whose values, intervals and verdicts are worked by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.warehouse import build_warehouse
from tests.support.contact_rows import Day, Row
from tests.support.kpi_values import PublishedValues

pytestmark = pytest.mark.slow

DAY = Day("2026-03-02")
NINE, TWELVE_DAYS = 9 * 3600, 12 * 24 * 3600
CENTRE = """name: Evidence
time_zone: UTC
sources:
  - {name: desk, kind: feed, not_recorded: [messages, system_messages, ratings, staff, site_visits]}
  - {name: chat, kind: feed, not_recorded: [agent_states, ratings, staff, site_visits]}
"""
Judged = Callable[[str, str], dict[str, Any]]


def calls(queue: str, answered: int, abandoned: int) -> list[Row]:
    """Calls of one queue, answered after 40 s or given up after 40 s."""
    rows = [DAY.answered_call(f"{queue}-a{n}", NINE + n, 40, 300, f"{queue}-agent", queue) for n in range(answered)]
    rows += [DAY.abandoned_call(f"{queue}-b{n}", NINE + n, 40, queue) for n in range(abandoned)]
    return list(chain.from_iterable(rows))


def talks(agent: str, *seconds: float) -> list[Row]:
    """Calls of one agent that last so many seconds."""
    rows = [DAY.answered_call(f"{agent}-{n}", NINE + n, 40, talk, agent, agent) for n, talk in enumerate(seconds)]
    return list(chain.from_iterable(rows))


def replies(agent: str, *seconds: int) -> tuple[list[Row], list[Row]]:
    """Routing events and messages of chats of one agent, each with its first reply after so many seconds."""
    events, messages = [], []
    for number, wait in enumerate(seconds):
        contact, start = f"{agent}-{number}", NINE + number
        events += [DAY.event(contact, start, "connected", agent_id=agent, queue_id=agent)]
        events += [DAY.event(contact, start + 7200, "ended", agent_id=agent)]
        messages += [DAY.message(contact, start, "customer", is_manual="true", length=9)]
        messages += [DAY.message(contact, start + wait, "agent", agent, is_manual="true", length=9)]
    return events, messages


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Ask for a KPI of an agent or a queue on the day of the files."""
    home = tmp_path_factory.mktemp("evidence")
    (home / "centre.yaml").write_text(CENTRE, encoding="utf-8")
    # 15 of 55 s, 15 of 15 s and 10 of 35 s add up to 1,400 s, and their squares to 61,000.
    first = [replies("ve3", *[55] * 15, *[15] * 15, *[35] * 10)]
    # Ten times the same; and as many with a standard error of sqrt(10 x 36 / 9 / 10) = 2 s.
    first += [replies("quick", *[12] * 10), replies("perhaps", *[6, 18] * 5), replies("fine", *[14] * 9, 74)]
    phone = [*calls("ve1", 133, 3), *calls("ve2", 183, 13)]
    # Standard errors of 2 s and, of 60 s to either side, 20 s.
    phone += [*talks("far", *[714, 726] * 5), *talks("near", *[654, 666] * 5), *talks("alarm", *[645, 765] * 5)]
    for number in range(2):
        phone += Day("2026-02-10").answered_call(f"long-{number}", 0, TWELVE_DAYS, 60, "long", "long")
    states = [
        {"agent_id": "away", "state": state, "started_at": DAY.event("", start, "")["occurred_at"]}
        for state, start in (("ready", NINE), ("busy", NINE + 7 * 3600), ("offline", NINE + 8 * 3600))
    ]
    drop(home, "desk", contact_events=phone, agent_states=states)
    events, messages = (list(chain.from_iterable(rows)) for rows in zip(*first, strict=True))
    drop(home, "chat", contact_events=events, messages=messages)
    published = PublishedValues.open(build_warehouse(home))

    def ask(kpi_id: str, scope: str, day: str = DAY.day) -> dict[str, Any]:
        kind, scope_id = scope.split()
        return published.row(kpi_id, kind, scope_id, "day", day)

    return ask


def drop(home: Path, source: str, **feeds: list[Row]) -> None:
    """Write the landing files of a source."""
    for feed, rows in feeds.items():
        path = home / "landing" / source / "2026-03-03" / f"{feed}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
            sheet.writeheader()
            sheet.writerows(rows)


def verdict(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["status"], row["verdict"], row["evidence"]


def interval(row: dict[str, Any]) -> tuple[float, float]:
    return row["ci_lower"], row["ci_upper"]


def test_ve_1_a_share_whose_interval_reaches_into_the_band_may_be_chance(judged: Judged) -> None:
    row = judged("connect_rate", "queue ve1")
    assert (row["numerator"], row["denominator"]) == (133, 136)
    assert interval(row) == pytest.approx((0.9372, 0.9925), abs=0.00005)
    assert verdict(row) == ("below_band", "watch", "chance")


def test_ve_2_a_share_whose_whole_interval_is_below_the_band_is_bad(judged: Judged) -> None:
    row = judged("connect_rate", "queue ve2")
    assert row["value"] == pytest.approx(183 / 196)
    assert row["ci_upper"] == pytest.approx(0.9608, abs=0.00005)
    assert verdict(row) == ("below_band", "bad", "clear")


@pytest.mark.parametrize("scope", ["agent ve3", "queue ve3"])
def test_ve_3_a_mean_has_an_interval_from_its_sum_of_squares(judged: Judged, scope: str) -> None:
    row = judged("first_response_time", scope)
    assert (row["numerator"], row["n"], row["value"]) == (1400, 40, 35.0)
    assert interval(row) == pytest.approx((29.56, 40.44), abs=0.005)
    assert verdict(row) == ("above_band", "watch", "chance")


def test_beyond_the_pleasant_side_the_interval_has_to_say_it_too(judged: Judged) -> None:
    # All ten took 12 s; 12 s as a mean of very different ones need not be under 15 s.
    assert interval(judged("first_response_time", "agent quick")) == (12.0, 12.0)
    assert verdict(judged("first_response_time", "agent quick")) == ("below_band", "too_good", "clear")
    assert interval(judged("first_response_time", "agent perhaps")) == pytest.approx((8.08, 15.92), abs=0.005)
    assert verdict(judged("first_response_time", "agent perhaps")) == ("below_band", "watch", "chance")
    assert verdict(judged("first_response_time", "agent fine")) == ("in_band", "good", "none")


def test_beyond_the_alarm_limit_the_whole_interval_has_to_be(judged: Judged) -> None:
    # The band ends at 600 s, the alarm limit is 690 s.
    assert verdict(judged("avg_contact_duration", "agent far")) == ("above_band", "bad", "clear")
    alarm = judged("avg_contact_duration", "agent alarm")
    assert alarm["value"] == 705
    assert interval(alarm) == pytest.approx((665.8, 744.2), abs=0.05)
    assert verdict(alarm) == ("above_band", "watch", "chance")
    # Certainly out of the band, and certainly within the alarm limit.
    assert verdict(judged("avg_contact_duration", "agent near")) == ("above_band", "watch", "clear")


def test_a_value_without_an_interval_decides_by_itself(judged: Judged) -> None:
    row = judged("ready_time_share", "agent away")
    assert (row["value"], row["ci_lower"]) == (0.875, None)
    assert verdict(row) == ("below_band", "bad", "none")


def test_waits_of_any_length_have_squares(judged: Judged) -> None:
    row = judged("avg_queue_time_all", "queue long", "2026-02-10")
    assert (row["value"], *interval(row)) == (TWELVE_DAYS, TWELVE_DAYS, TWELVE_DAYS)
