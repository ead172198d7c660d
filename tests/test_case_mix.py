"""Whom agents serve, and whether praise goes with ratings, by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.mart_home import build_mart
from tests.support.people_cases import add_chat, add_member, add_rating, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

Row = tuple[Any, ...]
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("mix"), as_of=at("2026-05-10 00:00"))
    for source in ("desk", "hr"):
        home.source(source)
    home.setting("rated_channels", [{"channel": "web"}])
    add_mix(home)
    add_praise_and_ratings(home)
    build_mart(home, "fct_case_mix", "fct_praise_correlation")
    return home


def add_mix(home: RawHome) -> None:
    """Cam has four contacts about billing, three about the app and one about nothing; Dee one about billing."""
    for agent in ("cam", "dee"):
        add_member(home, agent, "cm", "2026-01-01")
    topics = ["billing", "billing", "billing", "billing", "app", "app", "app", None]
    # The customer of the second comes back after seven days to the minute, that of the first a minute later.
    for number, topic in enumerate(topics):
        start = at(f"2026-03-{number + 2:02d} 10:00")
        add_chat(home, f"cm-{number}", "cam", start, customer=f"c{number}", topic=topic)
    add_chat(home, "cm-late", "dee", at("2026-03-09 10:01"), customer="c0", topic="billing")
    add_chat(home, "cm-back", "dee", at("2026-03-10 10:00"), customer="c1", topic="billing")
    # Handled by Dee in the end, and by Cam before; a test; one of nobody.
    add_chat(home, "cm-sent", ["cam", "dee"], at("2026-03-12 10:00"), topic="app")
    add_chat(home, "cm-test", "cam", at("2026-03-12 11:00"), topic="app", is_test=True)
    add_chat(home, "cm-lost", [], at("2026-03-12 12:00"), topic="app")
    # Tags are recorded from the sixth on: of Cam's four contacts since, two were difficult, one of them in two ways.
    tags = [("cm-4", "angry"), ("cm-5", "angry"), ("cm-5", "slow")]
    rows = [{"contact_id": contact, "tag": "difficult_customer", "detail": detail} for contact, detail in tags]
    home.add("contact_tags", [row | {"tagged_at": at(f"2026-03-0{5 + i} 12:00")} for i, row in enumerate(rows, 1)])


def mix(home: RawHome, scope: str, kind: str) -> list[Row]:
    return home.query(
        "select mix_code, contacts, base, round(share, 4), people from scorecard.fct_case_mix"  # noqa: S608 - own names
        f" where scope_id = '{scope}' and mix_kind = '{kind}' and period_kind = 'month' and period_start = '2026-03-01'"
        " order by mix_code"
    )


def test_a_contact_counts_for_who_handled_it_last(home: RawHome) -> None:
    assert mix(home, "cam", "topic") == [
        ("app", 3, 8, 0.375, 1),
        ("billing", 4, 8, 0.5, 1),
        ("none", 1, 8, 0.125, 1),
    ]
    assert mix(home, "dee", "topic") == [("app", 1, 3, 0.3333, 1), ("billing", 2, 3, 0.6667, 1)]


def test_a_team_is_the_sum_of_its_agents(home: RawHome) -> None:
    assert [row[:3] + row[4:] for row in mix(home, "cm", "topic")] == [
        ("app", 4, 11, 2),
        ("billing", 6, 11, 2),
        ("none", 1, 11, 1),
    ]


def test_difficult_customers_are_a_part_of_what_came_since_that_is_told(home: RawHome) -> None:
    assert mix(home, "cam", "difficult") == [("*", 2, 4, 0.5, 1), ("angry", 2, 4, 0.5, 1), ("slow", 1, 4, 0.25, 1)]
    assert mix(home, "dee", "difficult") == [("*", 0, 3, 0, 0)]


def test_who_comes_back_within_seven_days_returns(home: RawHome) -> None:
    # Of Dee's two contacts of known customers one came seven days after, the other a minute later.
    assert mix(home, "dee", "returning") == [("returning", 1, 2, 0.5, 1)]
    assert mix(home, "cam", "returning") == [("returning", 0, 8, 0, 0)]


def add_praise_and_ratings(home: RawHome) -> None:
    """In April twenty agents have thirty contacts each, all rated.

    The first ten were never praised, the others once in a contact. Five of the first ten have ten bad ratings each. A
    twenty-first agent has 29 contacts, too few to be told of.
    """
    for number in range(21):
        agent, count = f"p{number:02d}", 29 if number == 20 else 30
        for one in range(count):
            name = f"{agent}-{one}"
            add_chat(home, name, agent, at("2026-04-06 09:00") + (number * 30 + one) * MINUTE, 1, customer=name)
            stars = 2 if number < 5 and one < 10 else 5
            add_rating(home, name, at("2026-04-07 09:00"), stars)
        if number >= 10:
            praise = {"recognition_id": agent, "contact_id": f"{agent}-0", "kind": "praise_in_contact"}
            home.add("recognitions", [praise | {"received_at": at("2026-04-06 20:00")}])
    # One is praised in March too, when nobody has enough cases.
    praise = {"recognition_id": "march", "contact_id": "cm-0", "kind": "praise_in_contact"}
    home.add("recognitions", [praise | {"received_at": at("2026-03-02 20:00")}])


def correlation(home: RawHome, kpi: str, start: str) -> list[Row]:
    return home.query(
        "select agents, round(correlation, 5) from scorecard.fct_praise_correlation"  # noqa: S608 - own names
        f" where kpi_id = '{kpi}' and period_kind = 'month' and period_start = '{start}'"
    )


def test_praise_and_ratings_go_together_as_far_as_their_ranks_do(home: RawHome) -> None:
    # Ranks of praise 5.5 and 15.5, ten each; of ratings 3 (five) and 13 (fifteen): 250 / sqrt(500 x 375) = 0.57735.
    assert correlation(home, "praise_in_contact_per_1000", "2026-04-01") == [(20, 0.57735)]


def test_where_all_are_alike_nothing_goes_together(home: RawHome) -> None:
    assert correlation(home, "praise_contact_per_1000", "2026-04-01") == [(20, None)]


def test_too_few_cases_are_no_pair(home: RawHome) -> None:
    assert correlation(home, "praise_in_contact_per_1000", "2026-03-01") == []
