"""What is pulled lands once: by windows with overlap, whole files, and wherever a pull is cut off."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from orchestration.fetch import stream as pulling
from orchestration.fetch.positions import CursorKind, moment_of, position_of, shown
from orchestration.fetch.stream import PulledStream, pull_stream
from orchestration.home.paths import Home
from orchestration.landing.rest import Looks
from orchestration.sources.pulled.sql import Table
from tests.support.killed import Killed, killed_at
from tests.support.pulled import landed, records

DAY = date(2026, 1, 5)
TEN = datetime(2026, 1, 5, 10, tzinfo=UTC)


@dataclass
class Desk:
    """A table of tickets: id, what it says, and minutes after ten o'clock at which it changed; or the number itself."""

    rows: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    kind: CursorKind | None = "instant"
    is_ordered: bool = True
    clock: datetime = TEN + timedelta(hours=8)
    page: int = 2
    notes: list[str] = field(default_factory=list)
    asked: list[int | None] = field(default_factory=list)

    def now(self) -> int | None:
        return None if self.kind == "number" else position_of(self.clock)

    def pages(self, since: int | None) -> Iterator[pl.DataFrame]:
        self.asked.append(since)
        found = [(name, text, self._at(minute)) for name, (text, minute) in self.rows.items()]
        if since is not None:
            found = [row for row in found if row[2] is None or row[2] >= since]
        if self.is_ordered:
            found.sort(key=lambda row: row[2] or 0)
        for begin in range(0, len(found), self.page):
            part = found[begin : begin + self.page]
            told = [json.dumps({"id": name, "said": text}) for name, text, _ in part]
            yield pl.DataFrame({"line": told, "at": [at for *_, at in part]}, {"line": pl.String, "at": pl.Int64})

    def _at(self, minute: int | None) -> int | None:
        if self.kind is None or minute is None:
            return None
        return minute if self.kind == "number" else position_of(TEN + timedelta(minutes=minute))


TABLE = Table(table="tickets", cursor="updated_at", overlap=timedelta(minutes=10))
NUMBERED = Table(table="tickets", cursor="id", overlap=10)
WHOLE = Table(table="tickets")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def pull(home: Home, desk: Desk, table: Table = TABLE, since: date | None = None) -> PulledStream:
    return pull_stream(home, "desk", table, desk, DAY, since)


def ids(home: Home) -> list[str]:
    return [record["id"] for record in records(home)]


def test_a_pull_lands_a_file_named_by_its_window(home: Home) -> None:
    told = pull(home, Desk({"a": ("x", 0), "b": ("y", 30)}))
    (file,) = landed(home)
    assert file.name.startswith("tickets.2")
    assert file.name.endswith("Z-1.20260105T100000_20260105T103000.jsonl.zst")
    assert (told.read, told.new, [window.rows for window in told.windows]) == (2, 2, [2])
    assert records(home) == [{"id": "a", "said": "x"}, {"id": "b", "said": "y"}]


def test_a_window_without_new_records_makes_no_file(home: Home) -> None:
    desk = Desk({"a": ("x", 0), "b": ("y", 30)})
    pull(home, desk)
    told = pull(home, desk)
    assert (told.read, told.new, told.windows) == (1, 0, [])
    assert len(landed(home)) == 1
    assert pull(Home(home.root / "other"), Desk()).windows == []
    assert not (home.root / "other" / "landing").exists()


def test_what_is_written_late_within_the_overlap_lands_and_nothing_of_it_twice(home: Home) -> None:
    desk = Desk({"a": ("x", 0), "b": ("y", 30)})
    pull(home, desk)
    desk.rows |= {"late": ("z", 21), "too late": ("z", 19), "c": ("z", 31)}
    pull(home, desk)
    assert ids(home) == ["a", "b", "late", "c"]
    assert desk.asked == [None, position_of(TEN + timedelta(minutes=20))]


def test_a_record_that_changed_lands_again_after_its_earlier_telling(home: Home) -> None:
    desk = Desk({"a": ("x", 0), "b": ("y", 30)})
    pull(home, desk)
    desk.rows["b"] = ("changed", 30)
    pull(home, desk)
    assert records(home)[-1] == {"id": "b", "said": "changed"}
    assert [record["id"] for record in records(home)] == ["a", "b", "b"]


def test_a_file_of_an_earlier_window_counts_as_received_later_though_a_clock_was_set_back(home: Home) -> None:
    desk = Desk({"b": ("y", 30)})
    pull(home, desk)
    record = home.pulled / "desk" / "tickets.json"
    ahead = position_of(datetime.now(UTC) + timedelta(days=1))
    record.write_text(json.dumps(json.loads(record.read_text()) | {"stamp": ahead}))
    desk.rows["a"] = ("x", 21)
    pull(home, desk)
    assert ids(home) == ["b", "a"]
    assert f"tickets.{shown(ahead + 1_000_000, 'instant')}Z-1" in landed(home)[-1].name


def test_a_record_of_the_future_hides_nothing_that_comes_after_it(home: Home) -> None:
    desk = Desk({"a": ("x", 0), "of 2099": ("typo", 40_000_000)}, clock=TEN + timedelta(minutes=5))
    pull(home, desk)
    desk.rows["b"] = ("y", 10)
    desk.clock += timedelta(minutes=10)
    pull(home, desk)
    pull(home, desk)
    assert sorted(ids(home)) == ["a", "b", "of 2099"]


def test_numbers_go_on_by_their_own_overlap(home: Home) -> None:
    desk = Desk({"a": ("x", 100), "b": ("y", 130)}, kind="number")
    pull(home, desk, NUMBERED)
    desk.rows |= {"late": ("z", 120), "too late": ("z", 119), "c": ("z", 131)}
    told = pull(home, desk, NUMBERED)
    assert ids(home) == ["a", "b", "late", "c"]
    assert (told.windows[0].first, told.windows[0].last) == ("120", "131")


def test_a_table_without_a_cursor_lands_what_is_new_in_it(home: Home) -> None:
    desk = Desk({"a": ("x", None), "b": ("y", None), "c": ("z", None)}, kind=None)
    pull(home, desk, WHOLE)
    assert pull(home, desk, WHOLE).windows == []
    desk.rows |= {"a": ("changed", None), "d": ("new", None)}
    pull(home, desk, WHOLE)
    assert ids(home) == ["a", "b", "c", "a", "d"]
    assert "_" not in landed(home)[0].name


def test_the_first_pull_begins_where_the_table_says(home: Home) -> None:
    desk = Desk({"a": ("x", 0)})
    pull(home, desk, Table(table="tickets", cursor="updated_at", start=date(2026, 1, 5)))
    assert desk.asked == [position_of(DAY)]


def test_since_pulls_again_what_landed_before(home: Home) -> None:
    desk = Desk({"a": ("x", 0), "b": ("y", 30)})
    pull(home, desk)
    pull(home, desk, since=DAY)
    assert ids(home) == ["a", "b", "a", "b"]
    assert pull(home, desk).windows == []


def test_a_large_pull_lands_in_files_of_bounded_size(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "FILE_ROWS", 4)
    pull(home, Desk({f"{number:02}": ("x", number) for number in range(10)}))
    assert [len(records_) for records_ in _by_file(home)] == [4, 4, 2]
    assert ids(home) == [f"{number:02}" for number in range(10)]


def test_what_lands_is_at_rest(home: Home) -> None:
    pull(home, Desk({"a": ("x", 0)}))
    assert Looks(home).why_waiting(landed(home)[0]) is None
    assert landed(home)[0].stat().st_mtime < time.time() - 5


@pytest.mark.parametrize("is_ordered", [True, False])
@pytest.mark.parametrize("kind", ["instant", None])
def test_a_pull_that_is_cut_off_anywhere_lands_each_record_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: CursorKind | None, is_ordered: bool
) -> None:
    monkeypatch.setattr(pulling, "FILE_ROWS", 4)
    table = TABLE if kind else WHOLE
    names = [f"{number:02}" for number in range(11)]
    for number in range(1, 200):
        home = Home(tmp_path / f"cut{number}")
        desk = Desk({name: ("x", int(name) * 7) for name in names}, kind=kind, is_ordered=is_ordered)
        with killed_at(number):
            try:
                pull(home, desk, table)
            except Killed:
                is_killed = True
            else:
                is_killed = False
        _assert_none_is_half_there(home)
        pull(home, desk, table)
        assert sorted(ids(home)) == names, f"cut off before step {number}"
        assert [path for path in home.landing.rglob(".*") if path.is_file()] == []
        if not is_killed:
            break
    assert number > 12, "several files with several steps each"


def test_a_pull_that_is_cut_off_goes_on_where_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "FILE_ROWS", 4)
    desk = Desk({f"{number:02}": ("x", number * 60) for number in range(8)})
    pages = desk.pages

    def broken(since: int | None) -> Iterator[pl.DataFrame]:
        yield from list(pages(since))[:2]
        raise ConnectionResetError

    monkeypatch.setattr(desk, "pages", broken)
    with pytest.raises(ConnectionResetError):
        pull(home, desk)
    monkeypatch.setattr(desk, "pages", pages)
    pull(home, desk)
    assert desk.asked == [None, position_of(TEN + timedelta(minutes=180 - 10))]
    assert ids(home) == [f"{number:02}" for number in range(8)]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"watermark": "x"}', '{"stamp": 1, "seen": "a"}', '{"other": 1}'])
def test_a_damaged_state_only_pulls_again(home: Home, content: str) -> None:
    desk = Desk({"a": ("x", 0)})
    pull(home, desk)
    (home.pulled / "desk" / "tickets.json").write_text(content)
    pull(home, desk)
    assert ids(home) == ["a", "a"]


def test_damaged_digests_only_land_the_overlap_again(home: Home) -> None:
    desk = Desk({"a": ("x", 0), "b": ("y", 30)})
    pull(home, desk)
    for path in (home.pulled / "desk").glob("*.parquet"):
        path.write_bytes(b"PAR1")
    pull(home, desk)
    assert ids(home) == ["a", "b", "b"]


def test_state_holds_no_words_of_a_record(home: Home) -> None:
    pull(home, Desk({"customer-4711": ("my secret", 0)}))
    kept = b"".join(path.read_bytes() for path in home.pulled.rglob("*") if path.is_file())
    assert b"4711" not in kept
    assert b"secret" not in kept


def test_positions_are_whole_microseconds() -> None:
    assert position_of(datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC)) == 1_000_005
    assert moment_of(1_000_005) == datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC)
    assert shown(position_of(TEN) + 5, "instant") == "20260105T100000.000005"


def _by_file(home: Home) -> list[list[str]]:
    from tests.support.pulled import lines

    return [lines(path) for path in landed(home)]


def _assert_none_is_half_there(home: Home) -> None:
    for part in _by_file(home):
        assert [json.loads(line)["said"] for line in part] == ["x"] * len(part)
