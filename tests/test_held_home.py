"""While a run holds a home, the ledger is read and made sound once; whoever holds it next looks again."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.home.lock import hold_of, home_lock
from orchestration.landing.taking import known_files, recover
from orchestration.site.intake import intake_findings
from tests.support.land_home import GOOD_MESSAGE, MESSAGES_HEADER, LandHome


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LandHome:
    """A home that took one file."""
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "k" * 64)
    home = LandHome(tmp_path)
    home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE)
    return home


def lose_a_part(home: LandHome) -> None:
    [part] = home.home.raw.glob("messages/event_date=2026-01-05/*.parquet")
    part.unlink()
    (home.home.landing / "desk" / "2026-01-05" / "messages.csv").unlink()


def test_what_is_known_of_the_files_is_read_once_while_a_home_is_held(home: LandHome) -> None:
    with home_lock(home.home):
        known = known_files(home.home)
        with home_lock(home.home):
            assert known_files(home.home) is known
        assert known_files(home.home) is known
    assert hold_of(home.home) is None
    with home_lock(home.home):
        assert known_files(home.home) is not known


def test_nothing_is_remembered_of_a_home_that_nobody_holds(home: LandHome) -> None:
    assert known_files(home.home) is not known_files(home.home)


def test_a_file_that_is_taken_while_a_home_is_held_is_known_at_once(home: LandHome) -> None:
    with home_lock(home.home):
        assert [record.file_name for record in known_files(home.home)] == ["messages.csv"]
        home.take("more.csv", MESSAGES_HEADER + GOOD_MESSAGE.replace("m1,", "m2,"))
        assert [record.file_name for record in known_files(home.home)] == ["messages.csv", "more.csv"]


def test_what_was_lost_is_found_by_whoever_holds_the_home_next(home: LandHome) -> None:
    with home_lock(home.home):
        assert recover(home.home, known_files(home.home)).lost == []
        lose_a_part(home)
        assert recover(home.home, known_files(home.home)).lost == []
    with home_lock(home.home):
        assert [place[2] for place in recover(home.home, known_files(home.home)).lost] == ["messages.csv"]


def test_findings_are_those_of_the_ledger_as_it_is_however_often_they_are_asked_for(home: LandHome) -> None:
    assert [intake_findings(home.home), intake_findings(home.home)] == [[], []]
    lose_a_part(home)
    recover(home.home)
    assert [found.file for found in intake_findings(home.home)] == ["messages.csv"]
