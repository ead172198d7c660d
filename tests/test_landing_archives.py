"""Zip archives in the landing folder: each file in one is a landed file of its own."""

from __future__ import annotations

import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import polars as pl
import pytest

from orchestration.home.ledger import read_ledger
from orchestration.landing.recovery import recover
from orchestration.landing.taking import find_new_files, find_waiting_files
from orchestration.run.audit import TAKEN_AGAIN, audit
from tests.support.land_home import CONTACTS_HEADER, DAY, GOOD_CONTACT, GOOD_MESSAGE, MESSAGES_HEADER, LandHome
from tests.support.workbooks import xlsx

CONTACTS = CONTACTS_HEADER + GOOD_CONTACT
MESSAGES = MESSAGES_HEADER + GOOD_MESSAGE


def packed(files: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_each_file_of_an_archive_has_a_record_of_its_own(home: LandHome, packing: int) -> None:
    home.drop("export.ZIP", packed({"contacts.csv": CONTACTS, "a/b/messages.csv": MESSAGES, "a/": ""}, packing))
    records = home.take_all()
    assert {name: record.records_accepted for name, record in records.items()} == {
        "export.ZIP/contacts.csv": 1,
        "export.ZIP/a/b/messages.csv": 1,
    }
    assert home.column("contacts", "file_name") == ["export.ZIP/contacts.csv"]
    assert len(list(read_ledger(home.home.ledger))) == 2
    # Nothing is new when it is looked at again, and nothing was unpacked beside it.
    assert home.take_all() == {}
    assert [path.name for path in (home.home.landing / "desk" / DAY.isoformat()).iterdir()] == ["export.ZIP"]


def test_what_is_wrong_is_told_with_the_line_of_the_file_in_the_archive(home: LandHome) -> None:
    home.drop("export.zip", packed({"contacts.csv": CONTACTS + "c2,u1\n", "notes.txt": "hello"}))
    records = home.take_all()
    assert records["export.zip/contacts.csv"].records_accepted == 1
    assert [(row["file_name"], row["line_number"], row["check_name"]) for row in home.quarantine()] == [
        ("export.zip/contacts.csv", 3, "short_line"),
        ("export.zip/notes.txt", None, "unknown_feed"),
    ]


def test_packed_files_workbooks_and_parquet_are_read_within_an_archive(home: LandHome) -> None:
    table = io.BytesIO()
    pl.read_csv(CONTACTS.replace("c1,", "c2,").encode(), infer_schema=False).write_parquet(table)
    book = xlsx({1: CONTACTS_HEADER.strip().split(","), 2: GOOD_CONTACT.strip().replace("c1,", "c3,").split(",")})
    home.drop(
        "export.zip",
        packed(
            {
                "contacts_1.csv.gz": gzip.compress(CONTACTS.encode()),
                "contacts_2.parquet": table.getvalue(),
                "contacts_3.xlsx": book,
            }
        ),
    )
    home.take_all()
    assert (sorted(home.column("contacts", "contact_id")), home.findings()) == (["c1", "c2", "c3"], [])


def test_a_file_that_was_dropped_by_itself_adds_nothing_in_an_archive(home: LandHome) -> None:
    home.drop("contacts.csv", CONTACTS)
    home.drop("export.zip", packed({"contacts.csv": CONTACTS}))
    states = {name: record.state for name, record in home.take_all().items()}
    assert states == {"contacts.csv": "taken", "export.zip/contacts.csv": "same_content"}


def test_an_archive_that_comes_again_with_other_files_gives_those_that_changed(home: LandHome) -> None:
    home.drop("export.zip", packed({"contacts.csv": CONTACTS, "messages.csv": MESSAGES}))
    home.take_all()
    other = CONTACTS.replace("c1,", "c9,")
    home.drop("export.zip", packed({"contacts.csv": other, "messages.csv": MESSAGES}))
    home.take_all()
    assert (home.column("contacts", "contact_id"), home.column("messages", "message_id")) == (["c9"], ["m1"])
    assert len(list(read_ledger(home.home.ledger))) == 2


def test_files_of_systems_and_hidden_ones_are_left_out(home: LandHome) -> None:
    files: dict[str, str | bytes] = {
        "contacts.csv": CONTACTS,
        "__MACOSX/._contacts.csv": b"\x00",
        "a/.DS_Store": b"\x00",
    }
    home.drop("export.zip", packed(files))
    assert list(home.take_all()) == ["export.zip/contacts.csv"]


def test_what_a_file_in_an_archive_gave_is_restored_when_it_is_damaged(home: LandHome) -> None:
    home.drop("export.zip", packed({"contacts.csv": CONTACTS}))
    home.take_all()
    next(home.home.raw.glob("contacts/*/desk--*.parquet")).unlink()
    recover(home.home)
    assert home.take_all()["export.zip/contacts.csv"].records_accepted == 1
    assert home.column("contacts", "contact_id") == ["c1"]


def test_an_archive_that_was_refused_and_is_whole_now_leaves_no_record_of_its_own(home: LandHome) -> None:
    whole = packed({"contacts.csv": CONTACTS})
    home.drop("export.zip", whole[:100])
    assert home.take_all()["export.zip"].state == "failed"
    home.drop("export.zip", whole)
    recover(home.home)
    assert list(home.take_all()) == ["export.zip/contacts.csv"]
    assert [record.file_name for record in home.ledger()] == ["export.zip/contacts.csv"]
    recover(home.home)
    assert home.quarantine() == []


def bomb() -> bytes:
    return packed({f"contacts_{number}.csv": b" " * (30 << 20) for number in range(4)})


def protected() -> bytes:
    content = bytearray(packed({"contacts.csv": CONTACTS}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def of_names(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), CONTACTS)
    return written.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("content", "check"),
    [
        (b"", "damaged_archive"),
        (b"PK\x03\x04", "damaged_archive"),
        (CONTACTS.encode(), "damaged_archive"),
        (packed({"contacts.csv": CONTACTS})[:-30], "damaged_archive"),
        (packed({}), "empty_archive"),
        (packed({"a/": "", "__MACOSX/x": ""}), "empty_archive"),
        (packed({f"contacts_{number}.csv": "" for number in range(1_001)}), "archive_refused"),
        (protected(), "archive_refused"),
        (of_names("../contacts.csv"), "archive_refused"),
        (of_names("/contacts.csv"), "archive_refused"),
        (of_names("a/../../contacts.csv"), "archive_refused"),
        (of_names("contacts.csv", "contacts.csv"), "archive_refused"),
        (bomb(), "unpacks_too_large"),
    ],
)
def test_an_archive_that_cannot_be_taken_is_refused_whole_and_its_neighbours_are_taken(
    home: LandHome, content: bytes, check: str
) -> None:
    home.drop("a.zip", content)
    home.drop("contacts.csv", CONTACTS)
    records = home.take_all()
    assert (records["a.zip"].state, records["contacts.csv"].records_accepted) == ("failed", 1)
    assert [row["check_name"] for row in home.quarantine()] == [check]
    assert home.take_all() == {}


def test_a_damaged_file_costs_itself_and_not_the_others_of_its_archive(home: LandHome) -> None:
    content = packed({"contacts.csv": CONTACTS, "messages.csv": MESSAGES}, zipfile.ZIP_STORED)
    home.drop("export.zip", content.replace(b"m1,c1", b"m1,c2"))
    records = home.take_all()
    assert {name: record.state for name, record in records.items()} == {
        "export.zip/contacts.csv": "taken",
        "export.zip/messages.csv": "failed",
    }
    assert [row["check_name"] for row in home.quarantine()] == ["damaged_archive"]


def test_hostile_names_are_text_and_no_paths(home: LandHome, tmp_path: Path) -> None:
    name = "contacts_\n';drop table x;--\\.csv"
    home.drop("export.zip", packed({name: CONTACTS, "contacts_" + "ä" * 300 + ".csv": CONTACTS.replace("c1,", "c2,")}))
    records = home.take_all()
    assert sorted(record.records_accepted for record in records.values()) == [1, 1]
    assert all("\n" not in shown for shown in records)
    assert home.take_all() == {}
    assert not list(tmp_path.rglob("*drop table*.csv"))


def test_the_files_of_an_archive_that_is_still_being_copied_wait(home: LandHome) -> None:
    path = home.drop("export.zip", packed({"contacts.csv": CONTACTS}))
    os.utime(path, (time.time(), time.time()))
    assert find_new_files(home.home, home.centre) == []
    assert list(find_waiting_files(home.home, home.centre)) == ["desk/2026-01-05/export.zip/contacts.csv"]


def test_the_audit_of_a_home_knows_that_files_of_archives_are_landed(home: LandHome) -> None:
    path = home.drop("export.zip", packed({"contacts.csv": CONTACTS}))
    home.take_all()
    assert audit(home.home).faults == []
    next(home.home.raw.glob("contacts/*/desk--*.parquet")).unlink()
    assert [fault.way_back for fault in audit(home.home).faults] == [TAKEN_AGAIN]
    path.unlink()
    (fault,) = audit(home.home).faults
    assert "landing/desk/2026-01-05/export.zip/contacts.csv" in fault.way_back
