"""Files that change while they are read, or never seem to come to rest: what counts is what was hashed."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from orchestration.landing import file as of_file
from orchestration.landing import rest
from orchestration.landing.ahead import read_ahead
from orchestration.landing.rest import Looks
from orchestration.landing.taking import find_new_files, find_waiting_files
from tests.support.killed import assert_nothing_else, run
from tests.support.land_home import GOOD_MESSAGE, MESSAGES_HEADER, LandHome

MESSAGES = MESSAGES_HEADER + GOOD_MESSAGE
ADDED = GOOD_MESSAGE.replace("m1,", "m2,")
OTHER = GOOD_MESSAGE.replace("m1,", "m3,")


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def append(path: Path) -> None:
    with path.open("a") as file:
        file.write(ADDED)


def append_with_old_times(path: Path) -> None:
    stat = path.stat()
    append(path)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def replace_by_rename(path: Path) -> None:
    part = path.with_name("x.part")
    part.write_text(MESSAGES_HEADER + OTHER)
    part.replace(path)


def write_over_with_size_and_times(path: Path) -> None:
    stat = path.stat()
    path.write_text(MESSAGES_HEADER + OTHER)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


CHANGES = [append, append_with_old_times, replace_by_rename, write_over_with_size_and_times, Path.unlink]


def changed_while_read(monkeypatch: pytest.MonkeyPatch, path: Path, change: Callable[[Path], object]) -> None:
    """Let a file change once after its hash, while its records are read."""
    done: list[bool] = []

    def changing(batches: Iterator[object]) -> Iterator[object]:
        if not done:
            done.append(True)
            change(path)
        return read_ahead(batches)

    monkeypatch.setattr(of_file, "read_ahead", changing)


def settle(path: Path) -> None:
    settled = time.time() - 60
    os.utime(path, (settled, settled))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_file_that_changes_while_it_is_read_is_taken_when_it_is_at_rest(
    home: LandHome, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    path = home.drop("messages.csv", MESSAGES)
    changed_while_read(monkeypatch, path, change)

    run(home)
    assert home.ledger() == []
    assert home.rows("messages").is_empty()

    if path.exists():
        settle(path)
        run(home)
        expected = {"append": ["m1", "m2"], "append_with_old_times": ["m1", "m2"]}.get(change.__name__, ["m3"])
        assert sorted(home.column("messages", "message_id")) == expected
    assert_nothing_else(home)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_a_file_gave_stays_until_its_change_is_at_rest(
    home: LandHome, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE.replace("m1,", "m0,") + "broken\n")
    run(home)
    before = home.ledger(), home.quarantine()
    path = home.drop("messages.csv", MESSAGES)
    changed_while_read(monkeypatch, path, change)

    run(home)

    assert (home.ledger(), home.quarantine()) == before
    assert home.column("messages", "message_id") == ["m0"]


def test_one_growing_file_holds_up_no_other(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home.drop("messages.csv", MESSAGES)
    home.drop("messages_other.csv", MESSAGES_HEADER + OTHER)
    changed_while_read(monkeypatch, path, append)
    run(home)
    assert home.column("messages", "message_id") == ["m3"]


def test_a_parquet_file_that_is_replaced_while_it_is_read_is_not_taken(
    home: LandHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parquet(text: str) -> bytes:
        buffer = io.BytesIO()
        pl.read_csv(text.encode(), infer_schema=False).write_parquet(buffer)
        return buffer.getvalue()

    path = home.drop("messages.parquet", parquet(MESSAGES))
    changed_while_read(monkeypatch, path, lambda path: path.write_bytes(parquet(MESSAGES_HEADER + OTHER)))
    run(home)
    assert home.ledger() == []
    settle(path)
    run(home)
    assert home.column("messages", "message_id") == ["m3"]


def test_other_bytes_of_the_same_size_and_time_are_seen(home: LandHome) -> None:
    path = home.drop("messages.csv", MESSAGES)
    run(home)
    write_over_with_size_and_times(path)
    run(home)
    assert home.column("messages", "message_id") == ["m3"]


class Clock:
    """The clock of this machine as the door sees it, so many seconds beside the true one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.beside = 0.0
        monkeypatch.setattr(rest, "time", SimpleNamespace(time=lambda: time.time() + self.beside))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_file_dated_in_the_future_is_taken_when_nothing_changed_it_lately(home: LandHome, clock: Clock) -> None:
    path = home.drop("messages.csv", MESSAGES)
    next_year = time.time() + 365 * 86_400
    os.utime(path, (next_year, next_year))

    assert find_new_files(home.home, home.centre) == []
    [(place, why)] = find_waiting_files(home.home, home.centre).items()
    assert place == "desk/2026-01-05/messages.csv"
    assert why.startswith("it changed")

    clock.beside = 10
    assert [file.name for file in find_new_files(home.home, home.centre)] == ["messages.csv"]
    assert find_waiting_files(home.home, home.centre) == {}


def test_where_the_disk_is_ahead_of_the_clock_two_looks_that_find_the_same_are_needed(
    home: LandHome, clock: Clock
) -> None:
    path = home.drop("messages.csv", MESSAGES)
    os.utime(path)
    clock.beside = -3600

    assert find_new_files(home.home, home.centre) == []
    assert "dated in the future" in find_waiting_files(home.home, home.centre)["desk/2026-01-05/messages.csv"]
    Looks(home.home).remember()
    assert find_new_files(home.home, home.centre) == []
    assert 0 < Looks(home.home).seconds_until_quiet() <= 5

    append(path)
    clock.beside += 10
    assert find_new_files(home.home, home.centre) == []
    Looks(home.home).remember()
    clock.beside += 10
    assert [file.name for file in find_new_files(home.home, home.centre)] == ["messages.csv"]
    run(home)
    assert home.column("messages", "message_id") == ["m1", "m2"]


@pytest.mark.parametrize("content", ["", "[]", '{"x": 1}', "{"])
def test_a_damaged_note_of_the_looks_is_as_none(home: LandHome, clock: Clock, content: str) -> None:
    home.drop("messages.csv", MESSAGES)
    home.home.state.mkdir(exist_ok=True)
    (home.home.state / "looks.json").write_text(content)
    clock.beside = -3600
    Looks(home.home).remember()
    clock.beside += 10
    assert len(find_new_files(home.home, home.centre)) == 1


def test_a_file_that_never_rests_is_named_and_the_reason(home: LandHome) -> None:
    path = home.drop("messages.csv", MESSAGES)
    os.utime(path)
    assert find_new_files(home.home, home.centre) == []
    assert find_waiting_files(home.home, home.centre) == {"desk/2026-01-05/messages.csv": "it changed 0 s ago"}
