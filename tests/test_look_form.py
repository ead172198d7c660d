"""What a file is, told by looking at it: encoding, delimiter, header, sheet, where JSON has its records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.look.sample import look_at
from orchestration.look.written import encoding_of
from orchestration.readers.findings import FileProblem
from tests.support.workbooks import Row, xlsx


def put(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("编号,坐席,开始时间\n1,王伟,2026/1/5 10:00\n", "gb18030", "gb18030"),
        ("編號,客服,開始時間\n1,王偉,2026/1/5 10:00\n", "big5", "big5"),
        ("Vorgang;Bearbeiter\n1;Müller\n2;Jürgens\n", "cp1252", "cp1252"),
        ("Vorgang;Bearbeiter\n1;Müller\n", "utf-16", "utf-16"),
        ("Vorgang;Bearbeiter\n1;Mueller\n", "utf-16-le", "utf-16-le"),
        ("id,agent\n1,Müller 王伟\n", "utf-8-sig", "utf-8"),
    ],
)
def test_the_encoding_is_told_by_what_reads_as_common_text(text: str, encoding: str, told: str) -> None:
    assert encoding_of(text.encode(encoding))[0] == told


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_sign_that_makes_lines_of_as_many_fields(tmp_path: Path, sign: str) -> None:
    lines = [["Call", "Note", "Start"], ["1", "a; b, c | d", "2026-01-05 10:00:00"], ["2", "e", "2026-01-05 10:01:00"]]
    looked = look_at(
        put(tmp_path, "calls.txt", "".join(sign.join(f'"{one}"' for one in line) + "\n" for line in lines))
    )
    assert looked.table is not None
    assert (looked.table.delimiter, looked.columns, looked.frame.height) == (sign, ["Call", "Note", "Start"], 2)


def test_a_header_below_a_report_is_found_and_what_is_above_is_no_record(tmp_path: Path) -> None:
    text = "Calls of January;;\nPrinted 2026-02-01;;\n\nCall;Start;Agent\n1;2026-01-05 10:00:00;ann\n"
    looked = look_at(put(tmp_path, "report.csv", text))
    assert looked.table is not None
    assert (looked.table.header_line, looked.table.lines_above, looked.frame.height) == (4, 2, 1)


def test_a_file_without_header_gets_names_and_loses_no_record(tmp_path: Path) -> None:
    looked = look_at(put(tmp_path, "cdr.csv", "1,2026/01/05 10:00:00,ann\n2,2026/01/05 10:01:00,bob\n"))
    assert looked.columns == ["column_1", "column_2", "column_3"]
    assert looked.frame.height == 2


def test_a_header_that_comes_again_on_every_page_is_still_a_header(tmp_path: Path) -> None:
    page = "Call,Agent\n1,ann\n2,bob\n"
    looked = look_at(put(tmp_path, "pages.csv", page + page.replace("1", "3").replace("2", "4")))
    assert looked.table is not None
    assert looked.table.header_line == 1


def test_records_of_json_are_found_under_their_keys_even_where_the_file_goes_on(tmp_path: Path) -> None:
    calls = [
        {"id": f"c{number}", "start": {"at": "2026-01-05T10:00:00Z"}, "legs": [{"a": 1}] * 3} for number in range(9)
    ]
    body = {"next": None, "data": {"items": calls}}
    looked = look_at(put(tmp_path, "export.json", json.dumps(body)))
    assert looked.nested is not None
    assert (looked.written.kind, looked.nested.records, looked.columns) == ("json", "data.items", ["id", "start.at"])
    assert looked.nested.lists == {"legs": (27, 9)}
    assert looked.frame["start.at"].to_list() == ["2026-01-05T10:00:00Z"] * 9


def test_more_json_than_is_looked_at_tells_its_form_by_the_beginning(tmp_path: Path) -> None:
    calls = [{"id": f"c{number}", "note": "x" * 1_000} for number in range(3_000)]
    looked = look_at(put(tmp_path, "export.json", json.dumps({"calls": calls})))
    assert looked.nested is not None
    assert (looked.nested.records, looked.frame.height, looked.is_whole) == ("calls", 3_000, True)


def test_a_workbook_is_read_below_its_title_and_says_how_many_sheets_it_has(tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    calls: dict[int, Row] = {1: ["Calls of January"], 3: ["Call", "Agent"], 4: ["1", "ann"], 5: ["2", "bob"]}
    path.write_bytes(xlsx(calls, {1: ["Agent", "Name"], 2: ["ann", "Ann"]}))
    looked = look_at(path)
    assert (looked.sheet, looked.sheets, looked.columns) == (1, 2, ["Call", "Agent"])
    assert looked.table is not None
    assert (looked.table.header_line, looked.frame["line_number"].to_list()) == (3, [4, 5])


def test_a_file_of_many_records_is_looked_at_in_part_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.look.sample.MOST_RECORDS", 100)
    rows = "".join(f"{number},2026-01-05 10:00:00\n" for number in range(1_000))
    looked = look_at(put(tmp_path, "calls.csv", "Call,Start\n" + rows))
    assert (looked.frame.height, looked.is_whole) == (100, False)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="empty"):
        look_at(put(tmp_path, "calls.csv", " \n\n"))
