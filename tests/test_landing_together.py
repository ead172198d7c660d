"""Files that are taken at the same time: the outcome is that of taking one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from orchestration.home.ledger import LedgerRecord
from orchestration.landing import take
from tests.support.land_home import DAY, MESSAGES_HEADER, LandHome

LATER = date(2026, 1, 6)


def messages(first: int, count: int = 1) -> str:
    rows = [f"m{n},c{n},2026-01-05T08:00:00Z,customer,,true,5\n" for n in range(first, first + count)]
    return MESSAGES_HEADER + "".join(rows)


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def test_of_twelve_copies_the_first_is_read_and_the_others_add_nothing(home: LandHome) -> None:
    for number in range(12):
        home.drop(f"messages_{number:02d}.csv", messages(1, 30_000))
    states = {name: record.state for name, record in home.take_all().items()}
    assert states == {f"messages_{n:02d}.csv": "taken" if n == 0 else "same_content" for n in range(12)}
    assert len(home.rows("messages")) == 30_000


def test_many_files_leave_the_rows_and_records_of_each(home: LandHome) -> None:
    for number in range(40):
        home.drop(f"messages_{number:02d}.csv", messages(number), day=DAY + timedelta(days=number % 3))
    records = home.take_all()
    assert [(r.landing_day, r.file_name) for r in records.values()] == sorted(
        (DAY + timedelta(days=n % 3), f"messages_{n:02d}.csv") for n in range(40)
    )
    assert sorted(home.column("messages", "message_id")) == sorted(f"m{n}" for n in range(40))


def test_a_changed_file_and_its_copy_are_both_taken_when_they_come_together(home: LandHome) -> None:
    home.drop("messages.csv", messages(1))
    home.drop("messages_copy.csv", messages(1), day=LATER)
    home.take_all()
    home.drop("messages.csv", messages(2))
    home.drop("messages_copy.csv", messages(3), day=LATER)
    home.take_all()
    assert home.column("messages", "message_id") == ["m2", "m3"]
    assert [record.state for record in home.ledger()] == ["taken", "taken"]


def test_a_defect_in_one_file_is_raised_and_not_swallowed(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> LedgerRecord:
        raise AssertionError("the CSV reader made 1 records of 2 lines")

    monkeypatch.setattr(take, "take_file", broken)
    home.drop("messages.csv", messages(1))
    with pytest.raises(AssertionError, match="1 records of 2 lines"):
        home.take_all()
