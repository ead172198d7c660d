"""Whether auditions choose the right people, by hand: what was heard beside the norms lived 90 days later."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.governance import review
from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

Row = tuple[Any, ...]
HEARD, LATER, EARLIER = "2026-01-05", "2026-04-05", "2026-04-04"
"""The audition, the ninetieth day after it, and the one before that."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    """Twenty agents: the first ten are heard with 60 points of voice, the others with 80.

    Ninety days later the first five live the voice with half of its points, and all others in full; the day before
    nobody does. Of comprehension nineteen are heard.
    """
    home = RawHome(tmp_path_factory.mktemp("auditions"), as_of=at("2026-04-20 00:00"))
    home.source("desk")
    home.source("hr")
    add_chat(home, "first", "a00", at("2026-01-02 09:00"), 1)
    for number in range(20):
        agent = f"a{number:02d}"
        hear(home, agent, "first", HEARD, voice=60 if number < 10 else 80, quick_reaction=70)
        if number:
            hear(home, agent, "first", HEARD, comprehension=50 + number)
        score(home, agent, EARLIER, V01=0, K01=0)
        score(home, agent, LATER, V01=5 if number < 5 else 10, K01=10, X99=10)
    # Who is heard again was chosen by the first time.
    hear(home, "a00", "second", "2026-01-06", voice=100)
    home.build("fct_audition", tested=True)
    return home


def hear(home: RawHome, agent: str, name: str, day: str, **scores: float) -> None:
    row = {"test_id": f"{agent}-{name}", "agent_id": agent, "kind": "audition", "passed": True, "taken_on": day}
    home.add("skill_tests", [row | {"item": item, "score": points} for item, points in scores.items()], "hr")


def score(home: RawHome, agent: str, day: str, **scores: int) -> None:
    review(home, f"{agent}-{day}", agent, reviewed_at=at(f"{day} 12:00"))
    rows = [{"review_id": f"{agent}-{day}", "item": item, "score": str(points)} for item, points in scores.items()]
    home.add("quality_review_items", [row | {"max_score": "10"} for row in rows])


def told(home: RawHome, item: str) -> list[Row]:
    return home.query(
        "select norm_group, agents, mean_score, round(mean_share, 4), is_enough, round(correlation, 5)"  # noqa: S608 - own names
        f" from scorecard.fct_audition where audition_item = '{item}'"
    )


def test_a_voice_stands_beside_the_norms_of_voice_from_the_ninetieth_day_on(home: RawHome) -> None:
    # Ranks of the audition 5.5 and 15.5, ten each; of the reviews 3 (five) and 13 (fifteen): 250 / sqrt(500 x 375).
    assert told(home, "voice") == [("V", 20, 70, 0.875, True, 0.57735)]


def test_of_fewer_than_twenty_nothing_is_said(home: RawHome) -> None:
    assert told(home, "comprehension") == [("K", 19, 60, 1, False, None)]


def test_what_is_in_no_group_stands_beside_all_items_and_all_alike_go_with_nothing(home: RawHome) -> None:
    # Of three items each, five have 25 of 30 points: (5 x 5/6 + 15) / 20.
    assert told(home, "quick_reaction") == [("*", 20, 70, 0.9583, True, None)]


def test_a_whole_audition_is_the_mean_of_its_items(home: RawHome) -> None:
    ((norms, agents, *_),) = told(home, "*")
    assert (norms, agents) == ("*", 20)
