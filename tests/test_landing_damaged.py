"""What was kept and is gone or cut: taken again if landing/ has the file, else told, and the rest goes on counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.home.ledger import LedgerRecord
from orchestration.landing.taking import find_new_files, recover
from orchestration.run.audit import audit
from orchestration.run.doctor import mend
from orchestration.run.status import read_status
from orchestration.site.intake import intake_findings
from tests.support.killed import assert_nothing_else, holdings, is_killed, run
from tests.support.land_home import CONTACTS_HEADER, GOOD_MESSAGE, MESSAGES_HEADER, LandHome

SECOND_DAY = GOOD_MESSAGE.replace("m1,", "m2,").replace("2026-01-05", "2026-01-06")
MESSAGES = MESSAGES_HEADER + GOOD_MESSAGE + SECOND_DAY + "broken\n"
NAME, PLACE = "messages.csv", "desk/2026-01-05/messages.csv"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LandHome:
    """A home that took one file: a message on each of two days, and a line that is none."""
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "k" * 64)
    home = LandHome(tmp_path / "home")
    (tmp_path / "home").mkdir()
    home.home.centre_file.write_text("name: X\ntime_zone: Asia/Shanghai\nsources: [{name: desk, kind: feed}]\n")
    home.drop(NAME, MESSAGES)
    run(home)
    return home


def part(home: LandHome, day: str = "2026-01-05") -> Path:
    [path] = home.home.raw.glob(f"messages/event_date={day}/*.parquet")
    return path


def record(home: LandHome) -> Path:
    return home.home.ledger / "desk" / "2026-01-05" / f"{NAME}.json"


def findings(home: LandHome) -> Path:
    [path] = home.home.quarantine.glob("desk/*/*.parquet")
    return path


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[LandHome], None]] = {
    "a part removed": lambda home: part(home).unlink(),
    "a part cut": lambda home: cut(part(home)),
    "a part emptied": lambda home: empty(part(home)),
    "findings removed": lambda home: findings(home).unlink(),
    "findings cut": lambda home: cut(findings(home)),
    "the record removed": lambda home: record(home).unlink(),
    "the record cut": lambda home: cut(record(home)),
    "the record emptied": lambda home: empty(record(home)),
    "a bit of the record": lambda home: flip(record(home)),
    "all of raw": lambda home: [path.unlink() for path in home.home.raw.glob("*/*/*.parquet")] and None,
}
REMOVED = {name for name in DAMAGE if "removed" in name or "all" in name}


def set_aside(home: LandHome) -> list[Path]:
    return [path for path in (home.home.state / "set_aside").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", DAMAGE)
def test_what_landing_still_has_is_taken_again(home: LandHome, name: str) -> None:
    right = holdings(home)
    DAMAGE[name](home)
    assert read_status(home.home).sources[0].source == "desk"

    run(home)

    assert holdings(home) == right
    assert_nothing_else(home)
    assert audit(home.home).faults == []
    assert intake_findings(home.home) == []
    assert len(set_aside(home)) == (0 if name in REMOVED else 1)


@pytest.mark.parametrize("name", DAMAGE)
def test_the_mending_may_be_cut_off_at_any_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "k" * 64)
    number = 1
    while True:
        home = LandHome(tmp_path / str(number))
        home.drop(NAME, MESSAGES)
        run(home)
        right = holdings(home)
        DAMAGE[name](home)
        was_killed = is_killed(home, number)
        run(home)
        assert holdings(home) == right
        assert_nothing_else(home)
        if not was_killed:
            break
        number += 1


@pytest.mark.parametrize("name", DAMAGE)
def test_what_landing_has_no_more_is_told_and_the_rest_counts(home: LandHome, name: str) -> None:
    right = holdings(home)
    landed = home.home.landing / PLACE
    content = landed.read_bytes()
    landed.unlink()
    DAMAGE[name](home)

    assert recover(home.home).lost == [("desk", date(2026, 1, 5), NAME)]
    assert recover(home.home).lost == []

    left = {"a part removed": ["m2"], "a part cut": ["m2"], "a part emptied": ["m2"], "all of raw": []}
    assert home.column("messages", "message_id") == left.get(name, ["m1", "m2"])
    [told] = home.ledger()
    assert (told.state, told.is_balanced, told.records_accepted) == (
        "incomplete",
        True,
        len(left.get(name, ["m1", "m2"])),
    )
    assert_nothing_else(home)
    [finding] = intake_findings(home.home)
    assert finding.finding == "incomplete"
    assert f"Copy the file to landing/{PLACE} again" in str(finding)
    assert [fault.place for fault in audit(home.home).faults] == [PLACE]
    assert len(set_aside(home)) == (0 if name in REMOVED else 1)
    assert find_new_files(home.home, home.centre) == []

    # A later backup brings it back, with its old times.
    home.drop(NAME, content)
    run(home)
    assert holdings(home) == right
    assert intake_findings(home.home) == []


def test_a_lost_file_that_comes_back_under_another_name_counts_once(home: LandHome) -> None:
    (home.home.landing / PLACE).unlink()
    part(home).unlink()
    recover(home.home)
    home.drop("messages_again.csv", MESSAGES, day=date(2026, 1, 8))
    run(home)
    assert home.column("messages", "message_id") == ["m1", "m2"]
    assert {r.file_name: r.state for r in home.ledger()} == {NAME: "same_content", "messages_again.csv": "taken"}
    assert_nothing_else(home)


def test_an_audit_finds_a_part_of_the_right_size_and_other_bytes(home: LandHome) -> None:
    flip(part(home))
    assert recover(home.home).lost == []
    [fault] = audit(home.home).faults
    assert fault.place == PLACE
    assert part(home).name in fault.what
    assert str(fault).endswith("Remedy: scorehouse doctor --mend. The next run takes the file again.")

    assert [trouble.place for trouble in mend(home.home)] == [PLACE]
    run(home)
    assert audit(home.home).faults == []
    assert home.column("messages", "message_id") == ["m1", "m2"]


def test_an_audit_finds_an_equation_that_does_not_hold_and_what_nothing_counts(home: LandHome) -> None:
    text = record(home).read_text()
    record(home).write_text(replace(LedgerRecord.from_json(text), records_read=7).to_json())
    copy = part(home).with_name("desk--0.parquet")
    copy.write_bytes(part(home).read_bytes())
    assert [fault.place for fault in audit(home.home).faults] == [
        PLACE,
        f"raw/messages/event_date=2026-01-05/{copy.name}",
    ]


def test_what_nobody_can_read_and_nothing_counts_is_set_aside_and_not_deleted(home: LandHome) -> None:
    ratings = home.home.raw / "ratings" / "event_date=2026-01-05" / "desk--0.parquet"
    ratings.parent.mkdir(parents=True)
    ratings.write_bytes(b"PAR1 of somebody")
    recover(home.home)
    assert [path.read_bytes() for path in set_aside(home)] == [b"PAR1 of somebody"]
    assert not ratings.exists()


def test_a_contact_of_another_file_is_not_touched_by_the_mending(home: LandHome) -> None:
    home.drop("contacts.csv", CONTACTS_HEADER + "c1,u1,web,inbound,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z\n")
    run(home)
    taken = {r.file_name: r.taken_at for r in home.ledger()}
    part(home).unlink()
    run(home)
    again = {r.file_name: r.taken_at for r in home.ledger()}
    assert again["contacts.csv"] == taken["contacts.csv"]
    assert again[NAME] > taken[NAME]
