"""Distinct customers of any period come from the days between their contacts; two customers worked by hand.

Ann writes on Monday 29 December, Sunday 4 January and Monday 5 January; Bob twice on 5 January and once on the 6th. Gil
of team red has them all but the second one of Bob, which is Hal's of team blue; on the 4th Gil hands over to Hal. An
outage takes Ann's contact of the 4th out of the KPIs of resolution.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.people_cases import add_chat, add_member, at
from tests.support.raw_rows import RawHome

Gaps = dict[int | None, tuple[int, int]]
CHATS = [
    ("ann", "2025-12-29 10:00", ["gil"]),
    ("ann", "2026-01-04 10:00", ["gil", "hal"]),
    ("ann", "2026-01-05 10:00", ["gil"]),
    ("bob", "2026-01-05 11:00", ["gil"]),
    ("bob", "2026-01-05 12:00", ["hal"]),
    ("bob", "2026-01-06 10:00", ["gil"]),
]
ALL, HIT = "", "resolution"


def written(folder: Path, until: str) -> RawHome:
    """The home as it knows the contacts before a date; the data reach to Sunday 11 January."""
    home = RawHome(folder, as_of="2026-01-11T20:00:00+00:00")
    home.source("desk")
    home.source("hr")
    add_member(home, "gil", "red", "2025-01-01")
    add_member(home, "hal", "blue", "2025-01-01")
    for number, (customer, starts, agents) in enumerate(CHATS):
        if starts < until:
            add_chat(home, f"{customer}-{number}", agents, at(starts), customer=customer)
    # None of these counts: nobody knows whose the first is, the second the centre began, the third was a test.
    add_chat(home, "unknown", "gil", at("2025-12-30 10:00"))
    add_chat(home, "called", "gil", at("2025-12-30 11:00"), customer="ann", direction="outbound")
    add_chat(home, "tried", "gil", at("2025-12-30 12:00"), customer="ann", is_test=True)
    outage = at("2026-01-04 10:00")
    incident = {"incident_id": "I", "started_at": outage, "ended_at": outage + timedelta(hours=1), "system": "chat"}
    signed = {"approved_by": "chief", "approved_at": at("2026-01-05 08:00")}
    home.add("platform_incidents", [incident | {"evidence": "T", "kpi_groups": HIT} | signed])
    home.build("int_measure__customer_period")
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    return written(tmp_path_factory.mktemp("customers"), until="2026-02-01")


def gaps(home: RawHome, kpi_group: str, scope_id: str, day: str) -> Gaps:
    """By days back: how many of the day's contacts have the last one so far back, and how many the one before that."""
    rows = home.query(
        "select gap_days, contacts_since_last, contacts_since_second_last from int_measure__customer_gap "  # noqa: S608
        f"where kpi_group = '{kpi_group}' and scope_id = '{scope_id}' and scope_date = date '{day}'"
    )
    return {days: (last, second_last) for days, last, second_last in rows}


def customers(home: RawHome, kpi_group: str, scope_id: str, period: str) -> tuple[int, int] | None:
    """How many customers, and how many of them with one contact."""
    kind, start = period.split()
    rows = home.query(
        "select customers::int, single_contact_customers::int from int_measure__customer_period "  # noqa: S608
        f"where kpi_group = '{kpi_group}' and scope_id = '{scope_id}' "
        f"and period_kind = '{kind}' and period_start = date '{start}'"
    )
    assert len(rows) <= 1
    return next(iter(rows), None)


@pytest.mark.parametrize(
    ("scope", "day", "expected"),
    [
        ("centre", "2025-12-29", {None: (1, 1)}),
        ("centre", "2025-12-30", {}),
        ("centre", "2026-01-04", {6: (1, 0), None: (0, 1)}),
        # Ann after 1 and 7 days; Bob new, and once more on his first day.
        ("centre", "2026-01-05", {0: (1, 0), 1: (1, 0), 7: (0, 1), None: (1, 2)}),
        ("centre", "2026-01-06", {1: (1, 1)}),
        ("red", "2026-01-05", {1: (1, 0), 7: (0, 1), None: (1, 1)}),
        ("red", "2026-01-06", {1: (1, 0), None: (0, 1)}),
        ("blue", "2026-01-04", {None: (1, 1)}),
        ("blue", "2026-01-05", {None: (1, 1)}),
    ],
)
def test_a_day_knows_how_far_back_the_two_contacts_before_each_of_its_contacts_lie(
    home: RawHome, scope: str, day: str, expected: Gaps
) -> None:
    assert gaps(home, ALL, scope, day) == expected


@pytest.mark.parametrize(
    ("scope", "day", "expected"),
    [
        # Whatever comes before the outage is left as it was.
        ("centre", "2025-12-29", {}),
        ("centre", "2026-01-04", {6: (1, 0), None: (0, 1)}),
        # All of Ann's: 1 day, and 7. Of those left to her: 7 days, and none before.
        ("centre", "2026-01-05", {1: (1, 0), 7: (-1, 1), None: (0, -1)}),
        ("centre", "2026-01-06", {}),
        ("blue", "2026-01-04", {None: (1, 1)}),
        ("blue", "2026-01-05", {}),
    ],
)
def test_without_an_excluded_contact_the_next_one_reaches_back_to_the_one_before_it(
    home: RawHome, scope: str, day: str, expected: Gaps
) -> None:
    assert gaps(home, HIT, scope, day) == expected


@pytest.mark.parametrize(
    ("scope", "period", "expected"),
    [
        ("centre", "day 2026-01-04", (1, 1)),
        ("centre", "day 2026-01-05", (2, 1)),
        ("centre", "day 2026-01-06", (1, 1)),
        ("centre", "day 2026-01-07", None),
        # Ann's first two contacts lie in one week, but in two months, quarters and years.
        ("centre", "week 2025-12-29", (1, 0)),
        ("centre", "week 2026-01-05", (2, 1)),
        ("centre", "month 2025-12-01", (1, 1)),
        ("centre", "quarter 2025-10-01", (1, 1)),
        ("centre", "year 2025-01-01", (1, 1)),
        ("centre", "month 2026-01-01", (2, 0)),
        ("centre", "quarter 2026-01-01", (2, 0)),
        ("centre", "year 2026-01-01", (2, 0)),
        ("centre", "all 2025-12-29", (2, 0)),
        ("channel web", "month 2026-01-01", (2, 0)),
        ("queue help", "month 2026-01-01", (2, 0)),
        ("agent gil", "month 2026-01-01", (2, 0)),
        ("team red", "week 2026-01-05", (2, 1)),
        # In blue each of them was once, wherever else he was.
        ("team blue", "week 2025-12-29", (1, 1)),
        ("team blue", "month 2026-01-01", (2, 2)),
        ("team_channel blue|web", "all 2025-12-29", (2, 2)),
    ],
)
def test_customers_of_a_period_are_counted_once_in_each_scope(
    home: RawHome, scope: str, period: str, expected: tuple[int, int] | None
) -> None:
    assert customers(home, ALL, scope.split()[-1], period) == expected


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        ("2025-12-23", (1, 1)),
        ("2025-12-28", (1, 1)),
        ("2025-12-29", (1, 0)),
        # From the 30th to the 5th Ann was there twice, and Bob so far twice.
        ("2025-12-30", (2, 0)),
        ("2026-01-04", (2, 0)),
        ("2026-01-05", (2, 1)),
    ],
)
def test_seven_days_that_end_on_any_day_have_their_customers(
    home: RawHome, first_day: str, expected: tuple[int, int]
) -> None:
    assert customers(home, ALL, "centre", f"trailing_7 {first_day}") == expected


def test_only_the_latest_days_are_counted_below_the_centre(home: RawHome) -> None:
    assert customers(home, ALL, "red", "trailing_7 2026-01-05") == (2, 1)
    assert customers(home, ALL, "red", "trailing_28 2025-12-15") == (2, 0)
    assert customers(home, ALL, "red", "trailing_7 2026-01-04") is None


@pytest.mark.parametrize(
    ("scope", "period", "expected"),
    [
        # With all contacts there was Ann, with those left nobody.
        ("centre", "day 2026-01-04", (1, 1)),
        ("blue", "week 2025-12-29", (1, 1)),
        # Ann was there all the same, but now once.
        ("centre", "week 2025-12-29", (0, -1)),
        ("centre", "month 2026-01-01", (0, -1)),
        ("centre", "trailing_7 2025-12-30", (0, -1)),
        ("centre", "trailing_7 2026-01-04", (0, -1)),
        # Without the 4th she still wrote twice.
        ("centre", "all 2025-12-29", (0, 0)),
    ],
)
def test_an_outage_takes_out_what_its_customers_are_more_with_all_of_their_contacts(
    home: RawHome, scope: str, period: str, expected: tuple[int, int]
) -> None:
    assert customers(home, HIT, scope, period) == expected


def test_nothing_before_a_date_changes_by_what_comes_later(home: RawHome, tmp_path: Path) -> None:
    rows = "select * from int_measure__customer_gap where scope_date < date '2026-01-04' order by all"
    earlier = written(tmp_path, until="2026-01-04").query(rows)
    assert earlier == home.query(rows)
    assert {(row[1], row[2]) for row in earlier} >= {("centre", "centre"), ("team", "red"), ("agent", "gil")}
