"""Names of landed files: any bytes can be one, and come out as printable text that leads back to them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.home.ledger import landed_path
from orchestration.home.names import place_stem, shown_name, true_name
from orchestration.landing.taking import find_new_files, misplaced
from tests.support.land_home import GOOD_MESSAGE, MESSAGES_HEADER, LandHome

ODD_NAMES = {
    "gbk": b"messages_\xb5\xe7\xbb\xb0.csv",
    "a line end": b"messages_\n.csv",
    "a backslash": b"messages_\\xb5.csv",
    "right to left": "messages_\u202evsc.csv".encode(),
    "255 bytes": b"messages_" + b"x" * 242 + b".csv",
    "255 bytes of Chinese": ("messages_" + "话" * 80 + "xx.csv").encode(),
}


@given(st.binary(min_size=1, max_size=255).filter(lambda name: not set(name) & {0, ord("/")}))
def test_any_bytes_become_printable_text_and_the_same_bytes_again(raw: bytes) -> None:
    shown = shown_name(os.fsdecode(raw))
    assert os.fsencode(true_name(shown)) == raw
    assert not any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in shown)
    assert len(f"{place_stem(shown)}".encode()) <= 180


@given(st.text(), st.text())
def test_two_names_never_share_a_place(one: str, other: str) -> None:
    one, other = shown_name(one), shown_name(other)
    assert (place_stem(one) == place_stem(other)) == (one == other)
    # What is named after a name that was cut is a name as well.
    assert place_stem(place_stem("x" * 200)) != place_stem("x" * 200)


def test_a_usual_name_stays_as_it_is() -> None:
    for name in ("contacts.csv", "通话记录 2026-01.csv", "contacts [1].csv.gz", "ドア\u3000.csv"):
        assert shown_name(name) == place_stem(name) == name
    assert shown_name("a\udcb5\n\\") == r"a\xb5\u000a\\"


@pytest.mark.parametrize("raw", ODD_NAMES.values(), ids=ODD_NAMES)
def test_a_file_of_any_name_is_taken_once_with_its_findings(tmp_path: Path, raw: bytes) -> None:
    home = LandHome(tmp_path)
    path = home.drop(os.fsdecode(raw), MESSAGES_HEADER + GOOD_MESSAGE + "broken\n")
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE.replace("m1", "m2"))

    assert [record.records_accepted for record in home.take_all().values()] == [1, 1]
    shown = shown_name(os.fsdecode(raw))
    [record] = [record for record in home.ledger() if record.file_name != "messages.csv"]
    assert (record.file_name, record.records_quarantined) == (shown, 1)
    assert landed_path(home.home.landing, record) == path
    assert sorted(home.column("messages", "file_name")) == sorted(["messages.csv", shown])
    assert {row["file_name"] for row in home.quarantine()} == {shown}
    assert find_new_files(home.home, home.centre) == []


def test_a_folder_of_any_name_is_told_as_text(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    for raw in (b"\xb5\xe7", b"desk/\xb5\xe7", b"desk/2026-01-05/\xb5\xe7"):
        (Path(os.fsdecode(os.fsencode(home.home.landing) + b"/" + raw))).mkdir(parents=True)
    assert [line.split(":")[0] for line in misplaced(home.home, home.centre)] == [
        r"landing/desk/2026-01-05/\xb5\xe7",
        r"landing/desk/\xb5\xe7",
        r"landing/\xb5\xe7",
    ]
