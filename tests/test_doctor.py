"""The doctor reads to the last byte: what size and time do not tell, the content does."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from orchestration.home.paths import Home
from orchestration.run.doctor import examine
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
