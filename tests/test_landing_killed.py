"""A run that is cut off before any step of the door leaves a home that the next run makes what it would have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from orchestration.landing.take import take_files
from orchestration.landing.taking import find_files
from tests.support.killed import Move, assert_nothing_else, holdings, is_killed, run
from tests.support.land_home import DAY, GOOD_MESSAGE, MESSAGES_HEADER, LandHome

LATER, LAST = date(2026, 1, 6), date(2026, 1, 7)


def messages(*numbers: int, bad: bool = False) -> str:
    rows = [GOOD_MESSAGE.replace("m1,", f"m{number},") for number in numbers]
    return MESSAGES_HEADER + "".join(rows) + ("broken\n" if bad else "")


def drop(name: str, content: str | bytes, day: date = DAY) -> Move:
    return lambda home: home.drop(name, content, day=day)


def together(*moves: Move) -> Move:
    return lambda home: [move(home) for move in moves]


def gone(name: str, day: date = DAY) -> Move:
    return lambda home: (home.home.landing / "desk" / day.isoformat() / name).unlink()


def name_a_test_caller(home: LandHome) -> None:
    home.settings = "time_zone: Asia/Shanghai\ntest_callers: [u1]"


A, B, C = "messages.csv", "messages_copy.csv", "messages_third.csv"
ONE = drop(A, messages(1, 2))
TWINS = together(ONE, drop(B, messages(1, 2), LATER))
THREE = together(TWINS, drop(C, messages(1, 2), LAST))
LATE_MESSAGE = MESSAGES_HEADER + GOOD_MESSAGE + GOOD_MESSAGE.replace("m1,", "m2,").replace("01-05T", "01-19T")
EARLY = drop(A, LATE_MESSAGE)
CHANGED = drop(A, messages(3))
BAD = messages(1, 2, bad=True)

SCENARIOS: dict[str, tuple[Move, ...]] = {
    "one file": (ONE,),
    "two twins": (TWINS,),
    "a changed file": (ONE, CHANGED),
    "a changed file with a twin": (TWINS, CHANGED),
    "a changed file with two twins": (THREE, CHANGED),
    "a file and its twin that change together": (TWINS, together(CHANGED, drop(B, messages(4), LATER))),
    "a twin that changes": (TWINS, drop(B, messages(4), LATER)),
    "a file that becomes a twin": (together(ONE, drop(B, messages(3), LATER)), drop(B, messages(1, 2), LATER)),
    "a file that becomes the twin of a later one": (together(ONE, drop(B, messages(3), LATER)), CHANGED),
    "a file taken back": (ONE, CHANGED, ONE),
    "a file taken back that has a twin": (TWINS, CHANGED, ONE),
    "a file that fails and becomes good": (drop(A, "no header of any feed\n"), ONE),
    "a good file that fails": (TWINS, drop(A, "no header of any feed\n")),
    "findings that appear": (ONE, drop(A, messages(1, 2, bad=True))),
    "findings that go": (drop(A, messages(1, bad=True)), drop(A, messages(1))),
    "findings of a twin": (together(drop(A, messages(1, bad=True)), drop(B, messages(1, bad=True), LATER)), CHANGED),
    "a file that came too early comes again": (EARLY, drop(B, LATE_MESSAGE, date(2026, 1, 20))),
    "a file that came too early and its copy": (together(EARLY, drop(B, LATE_MESSAGE, date(2026, 1, 20))),),
    "a file that came too late comes again": (drop(B, LATE_MESSAGE, date(2026, 1, 20)), EARLY),
    "a changed file with a twin that is gone": (TWINS, together(gone(B, LATER), CHANGED)),
    "a failing file with twins that are gone": (
        together(drop(A, BAD), drop(B, BAD, LATER), drop(C, BAD, LAST)),
        together(gone(B, LATER), gone(C, LAST), drop(A, "no header of any feed\n")),
    ),
    "a changed file with one twin that is gone and one that is there": (THREE, together(gone(B, LATER), CHANGED)),
    "other settings": (TWINS, name_a_test_caller),
}


@dataclass
class Homes:
    """New homes, each in a folder of its own."""

    root: Path
    made: int = 0

    def new(self) -> LandHome:
        self.made += 1
        return LandHome(self.root / str(self.made))

    def after(self, moves: tuple[Move, ...]) -> LandHome:
        home = self.new()
        for move in moves:
            move(home)
            run(home)
        return home


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Homes:
    # One key, so that all homes have the same fingerprints.
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "k" * 64)
    return Homes(tmp_path)


def killed_homes(homes: Homes, moves: tuple[Move, ...]) -> Iterator[LandHome]:
    """Yield a home per step of its last run, cut off there."""
    number = 1
    while True:
        home = homes.after(moves[:-1])
        moves[-1](home)
        if not is_killed(home, number):
            break
        yield home
        number += 1
    assert number > 2


@pytest.mark.parametrize("moves", SCENARIOS.values(), ids=SCENARIOS)
def test_a_run_killed_at_any_step_is_made_good_by_the_next(homes: Homes, moves: tuple[Move, ...]) -> None:
    never_killed = homes.after(moves)
    right = holdings(never_killed)
    later = drop(A, messages(8, 9))
    later(never_killed)
    run(never_killed)
    for home in killed_homes(homes, moves):
        run(home)
        assert holdings(home) == right
        assert_nothing_else(home)
        # What was left behind unseen would come out when the file changes once more.
        later(home)
        run(home)
        assert holdings(home) == holdings(never_killed)
        assert_nothing_else(home)


@pytest.mark.parametrize("name", [pytest.param("a changed file with a twin", marks=pytest.mark.slow), "two twins"])
def test_a_run_killed_twice_is_made_good_too(homes: Homes, name: str) -> None:
    moves = SCENARIOS[name]
    right = holdings(homes.after(moves))
    first = 1
    while True:
        second = 1
        while True:
            home = homes.after(moves[:-1])
            moves[-1](home)
            if not is_killed(home, first):
                return
            was_killed = is_killed(home, second)
            run(home)
            assert holdings(home) == right
            assert_nothing_else(home)
            if not was_killed:
                break
            second += 1
        first += 1


def test_a_day_taken_anew_and_killed_at_any_step_keeps_its_rows(homes: Homes) -> None:
    def anew(home: LandHome) -> None:
        list(take_files(home.home, home.centre, find_files(home.home, home.centre, DAY, DAY), anew=True))

    right = holdings(homes.after((TWINS,)))
    number = 1
    while True:
        home = homes.after((TWINS,))
        was_killed = is_killed(home, number, anew)
        run(home)
        assert holdings(home) == right
        assert_nothing_else(home)
        if not was_killed:
            break
        number += 1
    assert number > 3
