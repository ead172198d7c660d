"""What the command line and the doctor say of the history; on a toy of a published file, so that it takes moments."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orchestration.cli import main
from orchestration.home.paths import Home
from orchestration.run.doctor import examine
from orchestration.warehouse.publish import publish
from tests.test_publish_file import build_warehouse


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.create_folders()
    home.centre_file.write_text("name: X\ntime_zone: UTC\nsources: []\n")
    for value in (1, 2):
        build_warehouse(home, value)
        publish(home)
    return home


def told(
    home: Home, *arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    monkeypatch.setenv("SCOREHOUSE_HOME", str(home.root))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "argv", ["scorehouse", "history", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), capsys.readouterr().out


def test_each_publication_is_a_line(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(home, monkeypatch=monkeypatch, capsys=capsys)
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == ["1", "2"]
    assert all(line.endswith("as of no data  -") for line in said.splitlines())


def test_before_the_first_publication_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(Home(tmp_path), monkeypatch=monkeypatch, capsys=capsys) == (0, "Nothing was published yet.\n")


def test_a_changed_byte_of_an_old_publication_is_found(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home.history / "publication" / "000001.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, said = told(home, monkeypatch=monkeypatch, capsys=capsys)
    assert (code, said) == (1, "history/publication/000001.parquet: is not as it was written\n")
    assert [(one.place, one.what) for one in examine(home)] == [
        ("history/publication/000001.parquet", "is not as it was written")
    ]


def test_a_record_that_is_gone_is_found_by_the_doctor(home: Home) -> None:
    (home.history / "record" / "000001.json").unlink()
    assert [one.place for one in examine(home)] == ["history/record/000001.json"]


def test_a_history_that_is_begun_anew_lies_where_the_sentence_says(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(home, "--begin-anew", "a trial", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 0
    assert str(home.state / "set_aside" / "history") in said
    assert (home.state / "set_aside" / "history" / "record" / "000002.json").is_file()
