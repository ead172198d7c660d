"""Workbooks: sheets, typed cells, dates of both calendars, merged headers; serials of days are worked by hand.

Day 46027 of the calendar that begins with 1900 is 2026-01-05, and of that of 1904 it is 2030-01-06.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome
from tests.support.workbooks import Cell, Row, day, instant, length, ods, xls, xlsx

RULE = """
- name: crm
  kind: files
  channel: voice
  time_zone: Asia/Shanghai
  mapping:
    - files: calls*
      {form}
      feeds:
        contacts: {{contact_id: Call, customer_id: Caller, direction: {{constant: inbound}}, started_at: Start}}
"""
HEADER: Row = ["Call", "Caller", "Start"]
FIRST: Row = ["k1", "15551", instant(46027.416666666664)]
SECOND: Row = ["k2", "15552", instant(46027.5)]


def home_with(tmp_path: Path, form: str = "empty: []") -> LandHome:
    return LandHome(tmp_path, sources=RULE.format(form=form))


def calls(home: LandHome) -> list[tuple[object, ...]]:
    rows = home.rows("contacts")
    if not rows.height:
        return []
    local = rows["started_at"].dt.convert_time_zone("Asia/Shanghai").dt.strftime("%Y-%m-%d %H:%M:%S")
    return rows.with_columns(local=local).select("line_number", "contact_id", "local").rows()


def test_the_records_of_a_sheet_keep_the_numbers_of_its_rows(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    record = home.take("calls.xlsx", xlsx({1: HEADER, 2: FIRST, 4: SECOND}), source="crm")
    assert calls(home) == [(2, "k1", "2026-01-05 10:00:00"), (4, "k2", "2026-01-05 12:00:00")]
    assert (record.records_read, record.records_accepted, home.findings()) == (2, 2, [])


def test_rows_that_are_empty_above_the_header_are_counted_as_rows(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.take("calls.xlsx", xlsx({3: [None, *HEADER], 5: [None, *FIRST]}), source="crm")
    assert calls(home) == [(5, "k1", "2026-01-05 10:00:00")]


@pytest.mark.parametrize("form", ["header: {row: 3}", "header: {contains: [Start]}"])
def test_a_title_above_the_header_is_no_record(tmp_path: Path, form: str) -> None:
    home = home_with(tmp_path, form)
    home.take("calls.xlsx", xlsx({1: ["Start of report: Monday"], 3: HEADER, 4: FIRST}), source="crm")
    assert calls(home) == [(4, "k1", "2026-01-05 10:00:00")]


def test_a_header_further_down_is_told_with_its_row(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    record = home.take("calls.xlsx", xlsx({1: ["Report"], 3: HEADER, 4: FIRST}), source="crm")
    assert (record.state, home.findings()) == ("failed", [(3, None, "header_missing", None)])
    assert "`header: {row: 3}`" in (record.message or "")


def test_lines_of_totals_are_skipped_and_columns_named_without_a_header(tmp_path: Path) -> None:
    home = home_with(tmp_path, "columns: [Call, Caller, Start]\n      skip_where: {Call: Total}")
    record = home.take("calls.xlsx", xlsx({1: FIRST, 2: ["Total", Cell("1")]}), source="crm")
    assert (calls(home), record.ignored_by_kind) == ([(1, "k1", "2026-01-05 10:00:00")], {"skipped": 1})


def test_ids_that_are_numbers_keep_all_their_digits_and_texts_their_zeros(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    rows: dict[int, Row] = {1: HEADER, 2: [Cell("326702123456"), "1", FIRST[2]], 3: ["00123", "1", FIRST[2]]}
    home.take("calls.xlsx", xlsx(rows), source="crm")
    assert home.column("contacts", "contact_id") == ["326702123456", "00123"]


def test_the_calendar_of_1904_is_read_as_such(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.take("calls.xlsx", xlsx({1: HEADER, 2: ["k1", "1", instant(46027.25 - 1462)]}, is_1904=True), source="crm")
    assert calls(home) == [(2, "k1", "2026-01-05 06:00:00")]


LENGTHS = """
- name: crm
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: calls*
      feeds:
        contact_events:
          contact_id: Call
          event_type: {constant: connected}
          occurred_at: {key: [Day, Clock], separator: ' ', time_format: '%Y-%m-%d %H:%M:%S'}
          talk_seconds: {column: Talk, duration: 'HH:MM:SS'}
"""


@pytest.mark.parametrize("is_1904", [False, True])
def test_lengths_of_time_clock_times_and_days_of_two_columns(tmp_path: Path, is_1904: bool) -> None:
    home = LandHome(tmp_path, sources=LENGTHS)
    monday = day(46027 - 1462 if is_1904 else 46027)
    rows: dict[int, Row] = {
        1: ["Call", "Day", "Clock", "Talk"],
        2: ["k1", monday, length(0.5), length(67 / 86400)],
        3: ["k2", monday, length(0.0), length(1.5)],  # at midnight; of 36 hours
    }
    home.take("calls.xlsx", xlsx(rows, is_1904=is_1904), source="crm")
    events = home.rows("contact_events").select(
        "contact_id", home.rows("contact_events")["occurred_at"].dt.strftime("%d %H:%M"), "talk_seconds"
    )
    assert [tuple(map(str, row)) for row in events.rows()] == [
        ("k1", "05 12:00", "67.000"),
        ("k2", "05 00:00", "129600.000"),
    ]


def test_of_several_sheets_the_one_with_cells_is_read_and_else_the_one_that_is_said(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.take("calls_a.xlsx", xlsx({}, {1: HEADER, 2: FIRST}), source="crm")
    assert calls(home) == [(2, "k1", "2026-01-05 10:00:00")]
    two = xlsx({1: ["Notes"]}, {1: HEADER, 2: SECOND})
    record = home.take("calls_b.xlsx", two, source="crm")
    assert home.findings() == [(None, None, "several_sheets", None)]
    assert "`sheet: 2`" in (record.message or "")
    for form, name in (("sheet: 2", "calls_c.xlsx"), ("sheet: Sheet2", "calls_d.xlsx")):
        home.sources = RULE.format(form=form)
        assert home.take(name, two + b" " * len(form), source="crm").records_accepted == 1


@pytest.mark.parametrize("form", ["sheet: 3", "sheet: Calls"])
def test_a_sheet_that_is_not_there_is_told_without_the_names_there_are(tmp_path: Path, form: str) -> None:
    home = home_with(tmp_path, form)
    record = home.take("calls.xlsx", xlsx({1: HEADER}, {1: HEADER}), source="crm")
    assert home.findings() == [(None, None, "no_such_sheet", None)]
    assert "it has 2" in (record.message or "")
    assert "Sheet1" not in (record.message or "")


@pytest.mark.parametrize(
    "header",
    [["Call", "Caller", "Start", None, "Agent"], ["Call", "Caller", "Time", None, "Agent"]],
)
def test_a_name_that_stands_over_several_columns_is_refused(tmp_path: Path, header: Row) -> None:
    home = home_with(tmp_path)
    home.take("calls.xlsx", xlsx({2: header, 3: ["k1", "1", day(46027), length(0.5), "ann"]}), source="crm")
    assert home.findings() == [(2, "Start", "merged_header", None)]


def test_an_empty_column_beside_a_name_is_no_merged_cell(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.take("calls.xlsx", xlsx({1: [*HEADER, None, "Agent"], 2: [*FIRST, None, "ann"]}), source="crm")
    assert calls(home) == [(2, "k1", "2026-01-05 10:00:00")]


def test_old_and_open_workbooks_are_read_as_well_and_packed_ones(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.take("calls_1.xls", xls(), source="crm")
    home.take("calls_2.ods", ods([["Call", "Caller", "Start"], ["o1", "1", "2026-01-05T10:00:00"]]), source="crm")
    home.take("calls_3.xlsx.gz", gzip.compress(xlsx({1: HEADER, 2: FIRST})), source="crm")
    assert calls(home) == [
        (2, "326702123456", "2026-01-05 10:00:07"),
        (2, "o1", "2026-01-05 10:00:00"),
        (2, "k1", "2026-01-05 10:00:00"),
    ]


def test_a_workbook_in_the_contract_is_a_file_of_a_feed(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    rows: dict[int, Row] = {
        1: ["contact_id", "customer_id", "channel", "direction", "started_at", "visited_by"],
        2: ["c1", "u1", "web", "inbound", instant(46027.25), "x"],
    }
    record = home.take("contacts.xlsx", xlsx(rows))
    assert record.records_accepted == 1
    # 06:00 in Shanghai.
    assert home.column("contacts", "started_at")[0].isoformat() == "2026-01-04T22:00:00+00:00"
    assert home.findings() == [(1, "column 6", "unknown_column", None)]


def test_a_day_is_read_where_the_contract_has_a_day(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    rows: dict[int, Row] = {1: ["team_id", "name", "valid_from"], 2: ["t1", "North", day(46027)]}
    home.take("teams.xlsx", xlsx(rows))
    assert [str(value) for value in home.column("teams", "valid_from")] == ["2026-01-05"]


def test_a_sheet_is_a_name_or_a_number_from_one(tmp_path: Path) -> None:
    with pytest.raises(CentreError) as error:
        _ = home_with(tmp_path, "sheet: 0").centre
    assert "sheet" in str(error.value)


@pytest.mark.parametrize("digits", ["26072612345678{}000", "26072612345678{}907", "26072612345678{}0"])
def test_ids_that_are_longer_than_a_number_holds_are_told_as_destroyed(tmp_path: Path, digits: str) -> None:
    home = home_with(tmp_path)
    rows: dict[int, Row] = {1: HEADER, 2: ["260726123456789011", "1", FIRST[2]]}
    home.take("calls_text.xlsx", xlsx(rows), source="crm")
    rows |= {at: ["2607261234567890", "1", FIRST[2]] for at in range(3, 12)}
    home.take("calls_same.xlsx", xlsx(rows), source="crm")
    assert home.findings() == []
    rows = {1: HEADER}
    rows |= {at: [Cell(digits.format(at)), "1", FIRST[2]] for at in range(2, 8)}
    home.take("calls_numbers.xlsx", xlsx(rows), source="crm")
    assert {(check, field) for _, field, check, _ in home.findings()} == {("spreadsheet_id", "contact_id")}
    assert [line for line, *_ in home.findings()] == [2, 3, 4, 5, 6, 7]


def test_a_cell_that_somebody_touched_far_to_the_right_is_no_column(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    stray = '<row r="9"><c r="XFD9"><v>1</v></c></row>'
    home.take("calls.xlsx", xlsx({1: HEADER, 2: FIRST}, more=stray), source="crm")
    assert calls(home) == [(2, "k1", "2026-01-05 10:00:00")]


def test_cells_that_are_text_and_cells_that_are_dates_stand_in_one_column(tmp_path: Path) -> None:
    source = RULE.format(form="empty: []").replace(
        "started_at: Start", "started_at: {column: Start, time_format: ['%d.%m.%Y %H:%M', '%Y-%m-%d %H:%M:%S']}"
    )
    home = LandHome(tmp_path, sources=source)
    home.take("calls.xlsx", xlsx({1: HEADER, 2: FIRST, 3: ["k2", "1", "05.01.2026 11:30"]}), source="crm")
    assert calls(home) == [(2, "k1", "2026-01-05 10:00:00"), (3, "k2", "2026-01-05 11:30:00")]
