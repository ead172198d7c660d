"""What a restored home says of itself before its first run: what was taken and published still is."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import Home
from orchestration.landing.found import find_new_files
from orchestration.run.audit import look_at_all
from orchestration.run.status import read_status
from orchestration.upkeep.backup import back_up
from orchestration.upkeep.restore import restore
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome

PUBLISHED = 1_772_000_000
SECOND = GOOD_CONTACT.replace("c1,", "c2,")


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    """A plain file and one in an archive, both taken, and a published file."""
    home = LandHome(tmp_path / "home")
    home.home.create_folders()
    home.home.centre_file.write_text("name: Test\ntime_zone: Asia/Shanghai\nsources: [{name: desk, kind: feed}]\n")
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("contacts.csv", CONTACTS_HEADER + SECOND)
    home.drop("more.zip", packed.getvalue())
    home.take_all()
    duckdb.connect(str(home.home.published_file)).close()
    os.utime(home.home.published_file, (PUBLISHED, PUBLISHED))
    return home


def restored(home: LandHome, folder: Path) -> LandHome:
    made = back_up(home.home, folder / "backups")
    other = Home(folder / "other")
    restore(other, made.folder)
    return LandHome(other.root)


def test_a_restored_home_knows_what_it_took_and_when_it_was_published(home: LandHome, tmp_path: Path) -> None:
    other = restored(home, tmp_path)

    status = read_status(other.home)
    [desk] = status.sources
    assert (desk.files, desk.waiting_files, desk.records_accepted) == (2, 0, 2)
    assert status.published_at == "2026-02-25T06:13:20+00:00"
    assert look_at_all(other.home).faults == []


def test_what_had_changed_since_it_was_taken_is_still_new_in_a_restored_home(home: LandHome, tmp_path: Path) -> None:
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + SECOND)

    other = restored(home, tmp_path)
    assert [file.name for file in find_new_files(other.home, other.centre)] == ["contacts.csv"]


def test_a_home_without_a_published_file_says_never(tmp_path: Path) -> None:
    (tmp_path / "centre.yaml").write_text("name: Test\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    assert read_status(Home(tmp_path)).published_at is None
