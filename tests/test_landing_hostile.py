"""What a landing folder can hold beside files of records: a table of each. Nothing outside of it is ever read."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orchestration.defs.partitions import landing_days
from orchestration.landing.taking import find_new_files, misplaced
from tests.support.land_home import GOOD_MESSAGE, MESSAGES_HEADER, LandHome

MESSAGES = MESSAGES_HEADER + GOOD_MESSAGE
SECRET = MESSAGES.replace("m1", "secret")
DAY = "2026-01-05"


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    home = LandHome(tmp_path / "home")
    home.drop("messages.csv", MESSAGES)
    outside = tmp_path / "outside" / DAY
    outside.mkdir(parents=True)
    (outside / "messages_secret.csv").write_text(SECRET)
    os.utime(outside / "messages_secret.csv", (time.time() - 60,) * 2)
    return home


def folder_of(home: LandHome) -> Path:
    return home.home.landing / "desk" / DAY


def outside_of(home: LandHome) -> Path:
    return home.root.parent / "outside"


def link_to_file(home: LandHome) -> None:
    (folder_of(home) / "messages_link.csv").symlink_to(outside_of(home) / DAY / "messages_secret.csv")


def relative_link(home: LandHome) -> None:
    place = Path("../../../../outside") / DAY / "messages_secret.csv"
    (folder_of(home) / "messages_link.csv").symlink_to(place)


def link_to_home_file(home: LandHome) -> None:
    (home.root / "state").mkdir()
    (home.root / "state" / "customer_key").write_text(SECRET)
    (folder_of(home) / "messages_link.csv").symlink_to(home.root / "state" / "customer_key")


def link_to_nothing(home: LandHome) -> None:
    (folder_of(home) / "messages_link.csv").symlink_to("nowhere")


def link_to_itself(home: LandHome) -> None:
    (folder_of(home) / "messages_link.csv").symlink_to("messages_link.csv")


def link_to_device(home: LandHome) -> None:
    (folder_of(home) / "messages_link.csv").symlink_to("/dev/zero")


def link_as_day(home: LandHome) -> None:
    (home.home.landing / "desk" / "2026-01-06").symlink_to(outside_of(home) / DAY)


def pipe(home: LandHome) -> None:
    os.mkfifo(folder_of(home) / "messages_pipe.csv")


def unix_socket(home: LandHome) -> None:
    here = Path.cwd()
    # The name of a socket is bounded, so it is made from beside it.
    os.chdir(folder_of(home))
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("messages_socket.csv")
    os.chdir(here)


def folder_with_file_name(home: LandHome) -> None:
    inner = folder_of(home) / "messages_folder.csv"
    inner.mkdir()
    (inner / "messages_secret.csv").write_text(SECRET)


def day_before_1990(home: LandHome) -> None:
    home.drop("messages_secret.csv", SECRET, day=date(1905, 1, 5))


@pytest.mark.parametrize(
    ("made", "place", "why"),
    [
        (link_to_file, f"{DAY}/messages_link.csv", "link that leads out"),
        (relative_link, f"{DAY}/messages_link.csv", "link that leads out"),
        (link_to_home_file, f"{DAY}/messages_link.csv", "link that leads out"),
        (link_to_nothing, f"{DAY}/messages_link.csv", "or nowhere"),
        (link_to_itself, f"{DAY}/messages_link.csv", "or nowhere"),
        (link_to_device, f"{DAY}/messages_link.csv", "link that leads out"),
        (link_as_day, "2026-01-06", "link that leads out"),
        (pipe, f"{DAY}/messages_pipe.csv", "no file but a pipe"),
        (unix_socket, f"{DAY}/messages_socket.csv", "no file but a pipe"),
        (folder_with_file_name, f"{DAY}/messages_folder.csv", "is a folder"),
        (day_before_1990, "1905-01-05", "is no landing day from 1990 to 2 days ahead"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_is_no_file_of_its_own_is_told_and_never_read(
    home: LandHome, made: Callable[[LandHome], None], place: str, why: str
) -> None:
    made(home)
    (told,) = misplaced(home.home, home.centre)
    assert told.startswith(f"landing/desk/{place}: ")
    assert why in told
    assert "Remedy: " in told
    assert [file.name for file in find_new_files(home.home, home.centre)] == ["messages.csv"]
    home.take_all()
    assert home.column("messages", "message_id") == ["m1"]


def test_a_source_whose_folder_is_a_link_is_told(home: LandHome) -> None:
    home.sources = "- {name: desk, kind: feed}\n- {name: shop, kind: feed}"
    (home.home.landing / "shop").symlink_to(outside_of(home))
    (told,) = misplaced(home.home, home.centre)
    assert told.startswith("landing/shop: is a link that leads out")
    assert [file.source for file in find_new_files(home.home, home.centre)] == ["desk"]


def test_the_landing_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    home = LandHome(tmp_path / "home")
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir()
    home.root.mkdir()
    home.home.landing.symlink_to(elsewhere)
    home.drop("messages.csv", MESSAGES)
    (folder_of(home) / "messages_again.csv").symlink_to("messages.csv")
    assert [file.name for file in find_new_files(home.home, home.centre)] == ["messages.csv", "messages_again.csv"]
    assert misplaced(home.home, home.centre) == []


def test_a_folder_of_a_day_long_ago_does_not_move_the_first_partition(home: LandHome) -> None:
    day_before_1990(home)
    (home.root / "centre.yaml").write_text("name: T\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    assert landing_days(home.home).get_first_partition_key() == DAY


@pytest.mark.parametrize(
    "name",
    [
        "messages'; drop table x; --.csv",
        'messages".csv',
        "messages\n.csv",
        "messages\r\n2026.csv",
        "messages..csv",
        "messages *?[a].csv",
        "messages {{ x }} ${HOME} %s.csv",
        "messages <script>.csv",
        "messages" + "é" * 115 + ".csv",
        "messages -rf ~.csv",
    ],
)
def test_a_name_is_a_name_whatever_signs_it_has(home: LandHome, name: str) -> None:
    home.drop(name, MESSAGES.replace("m1", "m2"))
    records = home.take_all()
    assert [record.records_accepted for record in records.values()] == [1, 1]
    assert sorted(home.column("messages", "message_id")) == ["m1", "m2"]
    kept = [path for folder in ("ledger", "raw", "quarantine") for path in (home.root / folder).rglob("*")]
    assert all(path.resolve().is_relative_to(home.root) for path in kept)
    assert find_new_files(home.home, home.centre) == []
