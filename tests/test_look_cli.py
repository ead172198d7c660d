"""`init`, `look` and `try` as they are typed: what they print, and that they leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError, load_centre
from orchestration.home.paths import Home
from tests.support.looked import everything_in, typed
from tests.support.workbooks import xlsx

CALLS = "Call,Caller,Start,Agent\nc1,+4930111222,2026-01-05 10:00:00,ann\nc2,+4930111333,2026-01-05 10:01:00,ann\n"


def test_init_asks_for_what_it_was_not_told_and_writes_settings_that_hold(tmp_path: Path) -> None:
    code, said = typed("init", "--home", str(tmp_path), answers='海港 "Harbour": #1\nAsia/Shanghai\nzh\npbx, chat\n')
    centre = load_centre(Home(tmp_path))
    assert (code, centre.name, centre.time_zone, centre.language) == (0, '海港 "Harbour": #1', "Asia/Shanghai", "zh")
    assert [source.name for source in centre.sources] == ["pbx", "chat"]
    assert sorted(path.name for path in (tmp_path / "landing").iterdir()) == ["chat", "pbx"]
    assert " look FILE\n" in said
    assert f" try FILE --source pbx --home {tmp_path}" in said
    assert "make " not in said


def test_init_leaves_a_centre_alone_that_is_there(tmp_path: Path) -> None:
    told = ["init", "--home", str(tmp_path), "--name", "A", "--zone", "UTC", "--language", "en", "--source", "pbx"]
    assert typed(*told)[0] == 0
    before = everything_in(tmp_path)
    with pytest.raises(CentreError, match="there already"):
        typed(*told)
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize(("key", "value"), [("--zone", "Mars/Base"), ("--language", "fr"), ("--source", "../etc")])
def test_init_writes_nothing_that_a_run_would_refuse(tmp_path: Path, key: str, value: str) -> None:
    told = {"--name": "A", "--zone": "UTC", "--language": "en", "--source": "pbx"} | {key: value}
    with pytest.raises(CentreError):
        typed("init", "--home", str(tmp_path / "new"), *(word for pair in told.items() for word in pair))
    assert not (tmp_path / "new").exists()


def test_a_draft_as_it_was_printed_takes_the_place_of_a_source_of_init(tmp_path: Path) -> None:
    typed("init", "--home", str(tmp_path), answers="A\nUTC\nen\npbx, chat\n")
    (tmp_path / "calls.csv").write_text(CALLS)
    said = typed("look", str(tmp_path / "calls.csv"))[1]
    draft = said.partition("centre.yaml:\n\n")[2].partition("\nIts `name`")[0]
    text = (tmp_path / "centre.yaml").read_text()
    begin, end = text.index('- name: "pbx"'), text.index('- name: "chat"')
    (tmp_path / "centre.yaml").write_text(text[:begin] + draft + text[end:])
    assert [source.name for source in load_centre(Home(tmp_path)).sources] == ["calls", "chat"]
    code, said = typed("try", str(tmp_path / "calls.csv"), "--source", "calls", "--home", str(tmp_path))
    assert (code, "2 read, 0 quarantined" in said) == (0, True)


def test_init_without_a_system_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(CentreError, match="name each that drops files"):
        typed("init", "--home", str(tmp_path / "new"), answers="A\nUTC\nen\n , \n")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("sheet", ["0", "²", "[red]"])
def test_a_sheet_that_can_not_be_is_told_without_a_defect(tmp_path: Path, sheet: str) -> None:
    path = tmp_path / "calls.xlsx"
    path.write_bytes(xlsx({1: ["Call", "Agent"], 2: ["1", "ann"]}))
    code, said = typed("look", str(path), "--sheet", sheet)
    assert code == (2 if sheet == "0" else 1)
    assert "sheet" in said
    assert "code 1" not in said


@pytest.mark.parametrize("command", [["look"], ["try", "--source", "pbx"]])
def test_what_is_no_file_is_wrong_usage(tmp_path: Path, command: list[str]) -> None:
    assert typed(*command, str(tmp_path))[0] == 2
    assert typed(*command, str(tmp_path / "none.csv"))[0] == 2


def test_what_is_no_archive_is_told_by_look_as_by_a_run(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_text(CALLS)
    code, said = typed("look", str(path))
    assert code == 1
    assert "damaged" in said


def test_look_tells_columns_draft_and_questions_and_nobodys_number(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(CALLS.replace("+49", "49x"))
    code, said = typed("look", str(path))
    assert code == 0
    assert "contact_id: Call" in said
    assert "are all of these contacts inbound?" in said
    assert "49x30111222" not in said


def test_look_shows_no_number_by_which_somebody_goes(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "Call,Caller,Start,Wait\n1,13800000001,2026-01-05 10:00:00,7\n2,13800000002,2026-01-05 10:01:00,9\n"
    )
    said = typed("look", str(path))[1]
    assert "13800000001" not in said
    assert "7 to 9" in said


def test_look_says_of_each_file_in_an_archive_what_it_is(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("calls.csv", CALLS)
        archive.writestr("broken.csv", "")
    code, said = typed("look", str(tmp_path / "export.zip"))
    assert code == 1
    assert "contact_id: Call" in said


def test_try_says_what_would_come_of_a_file_and_leaves_no_trace(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "calls.csv"
    path.write_text(CALLS + "c3,,soon,ann\n")
    home.mkdir()
    (home / "centre.yaml").write_text(
        "name: A\ntime_zone: UTC\nsources:\n- name: pbx\n  kind: files\n  channel: voice\n"
        "  mapping:\n  - files: calls*\n    feeds:\n"
        "      contacts: {contact_id: Call, customer_id: Caller, direction: {constant: inbound}, started_at: Start}\n"
    )
    before = everything_in(tmp_path)
    code, said = typed("try", str(path), "--source", "pbx", "--home", str(home))
    assert (code, everything_in(tmp_path)) == (0, before)
    assert "3 read, 1 quarantined" in said
    assert "lines 4" in said
    assert "+4930111222" not in said
    assert "not recorded" in said


def test_try_of_a_file_that_no_rule_fits_says_so_and_fails(tmp_path: Path) -> None:
    (tmp_path / "centre.yaml").write_text("name: A\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    (tmp_path / "stock.csv").write_text("part\nbolt\n")
    code, said = typed("try", str(tmp_path / "stock.csv"), "--source", "desk", "--home", str(tmp_path))
    assert code == 1
    assert "not readable" in said
