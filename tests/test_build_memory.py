"""A build of some dates takes the memory that they need, and not what the machine has."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from orchestration.home.paths import MEMORY_LIMIT_VARIABLE, Home
from orchestration.warehouse import memory
from orchestration.warehouse.memory import build_memory_limit
from orchestration.warehouse.slice.state import SliceState

DATES = frozenset({date(2026, 3, 3)})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home on a machine of four cores whose build of some dates has begun."""
    monkeypatch.delenv(MEMORY_LIMIT_VARIABLE, raising=False)
    monkeypatch.setattr(memory, "memory_limit", lambda: "14000MB")
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    home = Home(tmp_path)
    home.create_folders()
    begin(home)
    return home


def begin(home: Home) -> None:
    """Begin a build of some dates."""
    SliceState(home).tell("1 date is built anew", sliced=True)
    SliceState(home).begin(DATES, [])


def grow(file: Path, megabytes: int) -> None:
    """Let a file be so large, without a byte on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(megabytes * 1_000_000)


def test_a_small_home_takes_512_mb_and_64_for_each_core(home: Home) -> None:
    assert build_memory_limit(home) == "768MB"


def test_a_large_home_takes_six_tenths_of_its_files(home: Home) -> None:
    grow(home.kept_file, 1000)
    grow(home.built_file, 2000)
    assert build_memory_limit(home) == "1800MB"


def test_many_parts_at_once_take_thirty_times_their_size_also_behind_links(home: Home) -> None:
    grow(home.raw / "contacts" / "event_date=2026-03-03" / "one.parquet", 100)
    (home.state / "slice" / "raw").mkdir(parents=True)
    (home.state / "slice" / "raw" / "contacts").symlink_to(home.raw / "contacts")
    assert build_memory_limit(home) == "3000MB"


def test_no_build_takes_more_than_one_of_everything(home: Home) -> None:
    grow(home.built_file, 90_000)
    assert build_memory_limit(home) == "14000MB"


def test_a_build_of_everything_takes_what_the_machine_has(home: Home) -> None:
    SliceState(home).tell("everything is built anew", sliced=False)
    assert build_memory_limit(home) == "14000MB"


def test_the_second_attempt_at_a_build_takes_what_the_machine_has(home: Home) -> None:
    begin(home)
    assert build_memory_limit(home) == "14000MB"
