"""The doctor reads to the last byte: what size and time do not tell, the content does."""

from __future__ import annotations

import io
import os
from pathlib import Path

import duckdb
from rich.console import Console

from orchestration.home.paths import Home
from orchestration.run.cli_doctor import tell_troubles
from orchestration.run.doctor import Trouble, examine
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.publish import publish
from tests.test_publish_file import build_warehouse


def published_home(folder: Path) -> Home:
    """A home whose published file has blocks of data, not of names alone."""
    home = Home(folder)
    home.create_folders()
    home.centre_file.write_text("name: X\ntime_zone: UTC\nsources: []\n")
    build_warehouse(home, value=1)
    with duckdb.connect(str(home.built_file)) as connection:
        connection.execute("insert into scorecard.fct_contact select md5(i::varchar), i, 0 from range(300000) r(i)")
    BuildState(home).remember(None)
    publish(home)
    return home


def test_a_flipped_bit_of_a_published_file_is_found_although_its_size_and_time_are_as_before(tmp_path: Path) -> None:
    home = published_home(tmp_path)
    assert examine(home) == []
    before = home.published_file.stat()
    content = bytearray(home.published_file.read_bytes())
    # Not in the middle, which is room that nothing stands in yet.
    content[len(content) * 7 // 8] ^= 1
    home.published_file.write_bytes(content)
    os.utime(home.published_file, ns=(before.st_atime_ns, before.st_mtime_ns))
    told = [(trouble.place, trouble.what) for trouble in examine(home)]
    assert told == [("published/scorehouse.duckdb", "can't be read to its end.")]


def lines(troubles: list[Trouble], *, every: bool = False) -> list[str]:
    text = io.StringIO()
    tell_troubles(Console(file=text, soft_wrap=True), troubles, every=every)
    return text.getvalue().splitlines()


def test_of_hundreds_of_damaged_files_the_first_are_named_and_the_others_counted() -> None:
    parts = [Trouble(f"raw/contacts/{number}.parquet", "is gone.", "Take it again.") for number in range(300)]
    history = Trouble("history/record/000001.json", "is missing.", "Put it back.")

    told = lines([*parts, history])
    assert told == [
        *(f"raw/contacts/{number}.parquet: is gone. Take it again." for number in range(5)),
        "raw: 295 more such; --all names each.",
        "history/record/000001.json: is missing. Put it back.",
    ]
    assert len(lines([*parts, history], every=True)) == 301


def test_one_file_more_is_named_rather_than_counted() -> None:
    assert len(lines([Trouble(f"raw/{number}", "is gone.", "") for number in range(6)])) == 6
