"""A home of the version before goes on as it is: its files are measured once, none is lost, doubled or taken again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from orchestration.landing.taking import find_new_files
from orchestration.run.audit import audit
from tests.support.killed import assert_nothing_else, holdings, is_killed, run
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, GOOD_MESSAGE, MESSAGES_HEADER, LandHome
from tests.support.old_home import as_written_before

MESSAGES = MESSAGES_HEADER + GOOD_MESSAGE + "broken\n"
LATER = date(2026, 1, 6)


def old_home(root: Path) -> LandHome:
    """Two files and a twin of one, with findings, and a file that failed."""
    home = LandHome(root)
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    home.drop("messages.csv", MESSAGES)
    home.drop("messages_copy.csv", MESSAGES, day=LATER)
    home.drop("other.csv", "x\n")
    run(home)
    return home


@pytest.fixture(autouse=True)
def one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "k" * 64)


def test_an_old_home_is_measured_and_not_taken_again_wherever_it_is_cut_off(tmp_path: Path) -> None:
    number = 1
    while True:
        home = old_home(tmp_path / str(number))
        right, taken = holdings(home), [record.taken_at for record in home.ledger()]
        as_written_before(home)
        assert find_new_files(home.home, home.centre) == []
        assert audit(home.home).faults == []
        was_killed = is_killed(home, number)
        run(home)
        assert holdings(home) == right
        assert [record.taken_at for record in home.ledger()] == taken
        assert_nothing_else(home)
        assert audit(home.home).faults == []
        assert not (home.home.state / "contents").exists()
        if not was_killed:
            break
        number += 1
    assert number > 3


def test_an_old_home_without_its_landing_files_keeps_all_it_has(tmp_path: Path) -> None:
    home = old_home(tmp_path)
    right = holdings(home)
    as_written_before(home)
    for path in home.home.landing.glob("*/*/*"):
        path.unlink()
    run(home)
    assert holdings(home) == right


def test_of_two_old_records_that_count_one_part_the_one_whose_rows_it_has_stays(tmp_path: Path) -> None:
    home = old_home(tmp_path)
    right = holdings(home)
    as_written_before(home)
    # As after a kill between the record of the first and the note of its content: the second was taken onto its part.
    first = json.loads((home.home.ledger / "desk/2026-01-05/messages.csv.json").read_text())
    second = first | {"landing_day": "2026-01-06", "file_name": "messages_copy.csv"}
    (home.home.ledger / "desk/2026-01-06/messages_copy.csv.json").write_text(json.dumps(second))

    run(home)
    assert {**holdings(home), "ledger": None} == {**right, "ledger": None}
    assert_nothing_else(home)
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE.replace("m1,", "m2,"))
    run(home)
    assert home.column("messages", "message_id") == ["m2", "m1"]


def test_a_twin_that_an_old_run_lost_is_taken(tmp_path: Path) -> None:
    home = old_home(tmp_path)
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE.replace("m1,", "m2,"))
    run(home)
    right = holdings(home)
    as_written_before(home)
    # As after a kill while the changed file was taken: the copy has neither rows nor a file that holds them.
    path = home.home.ledger / "desk/2026-01-06/messages_copy.csv.json"
    record = json.loads(path.read_text())
    for part in record["parts"]:
        (home.home.raw / part).unlink()
    nothing = {"state": "same_content", "parts": [], "rows_by_feed": {}, "columns_by_feed": {}}
    counts = {name: 0 for name in record if name.startswith("records_")}
    path.write_text(json.dumps(record | nothing | counts | {"first_at": None, "last_at": None}))

    run(home)
    assert holdings(home) == right
    assert_nothing_else(home)
