"""Tables as systems write them: titles above the header, totals below, repeated names, other quotes, comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

RULE = """
- name: crm
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: calls*.csv
      {form}
      feeds:
        contacts: {{contact_id: Call, customer_id: Caller, direction: {{constant: inbound}}, started_at: Start}}
"""
HEADER = "Call,Caller,Start\n"
FIRST = "k1,15551,2026-01-05T10:00:00Z\n"
SECOND = "k2,15552,2026-01-05T11:00:00Z\n"


def home_with(tmp_path: Path, form: str) -> LandHome:
    return LandHome(tmp_path, sources=RULE.format(form=form))


def calls(home: LandHome) -> list[tuple[object, ...]]:
    rows = home.rows("contacts")
    return rows.select("line_number", "contact_id").rows() if rows.height else []


@pytest.mark.parametrize(
    "form", ["header: {row: 4}", "header: {contains: [Call, Start]}", "header: {contains: [Call]}"]
)
def test_what_a_report_puts_above_its_header_is_no_record(tmp_path: Path, form: str) -> None:
    home = home_with(tmp_path, form)
    record = home.take("calls.csv", "Queue report\nfrom,2026-01-05,to,2026-01-05\n\n" + HEADER + FIRST, source="crm")
    assert calls(home) == [(5, "k1")]
    assert (record.records_read, record.records_accepted, home.findings()) == (1, 1, [])


def test_a_line_that_only_mentions_a_column_is_not_taken_for_the_header(tmp_path: Path) -> None:
    home = home_with(tmp_path, "header: {contains: [Call, Start]}")
    home.take("calls.csv", "Call centre,Start of report,x\n" + HEADER + FIRST, source="crm")
    assert calls(home) == [(3, "k1")]


def test_a_header_further_down_is_told_with_its_line_and_what_to_write(tmp_path: Path) -> None:
    home = home_with(tmp_path, "format: csv")
    record = home.take("calls.csv", "Queue report\n\n" + HEADER + FIRST, source="crm")
    assert (record.state, home.findings()) == ("failed", [(3, None, "header_missing", None)])
    assert "`header: {row: 3}`" in (record.message or "")
    home.sources = RULE.format(form="header: {row: 3}")
    home.take_all()
    assert calls(home) == [(4, "k1")]


def test_a_header_that_is_not_where_it_should_be_fails_the_file(tmp_path: Path) -> None:
    home = home_with(tmp_path, "header: {row: 9}")
    assert home.take("calls.csv", HEADER + FIRST, source="crm").state == "failed"
    assert home.findings() == [(9, None, "header_missing", None)]
    home.sources = RULE.format(form="header: {contains: [Call, Queue]}")
    assert home.take("calls.csv", HEADER + FIRST, source="crm").state == "failed"
    assert home.findings() == [(None, None, "header_missing", None)]
    assert "Call, Queue" in home.quarantine()[0]["message"]


def test_a_missing_column_is_told_on_the_line_of_the_header(tmp_path: Path) -> None:
    home = home_with(tmp_path, "header: {row: 2}")
    home.take("calls.csv", "Report\nCall,Caller,Begin\n" + FIRST, source="crm")
    assert home.findings() == [(2, "Start", "missing_column", None)]


def test_the_line_that_tells_excel_the_delimiter_is_none_of_the_table(tmp_path: Path) -> None:
    home = home_with(tmp_path, "delimiter: ';'")
    home.take("calls.csv", "sep=;\r\n" + (HEADER + FIRST).replace(",", ";"), source="crm")
    assert calls(home) == [(3, "k1")]


TOTALS = "Total,,\nTotal calls: 2\nk3,15553\n"


def test_lines_of_totals_are_left_out_and_counted(tmp_path: Path) -> None:
    home = home_with(tmp_path, "skip_where: {Call: {matches: '^Total'}}")
    record = home.take("calls.csv", HEADER + FIRST + SECOND + TOTALS, source="crm")
    assert calls(home) == [(2, "k1"), (3, "k2")]
    # A torn line is no line of totals, though it is as short as one.
    assert home.findings() == [(6, None, "short_line", "2 fields")]
    assert record.ignored_by_kind == {"skipped": 2}
    assert (record.records_read, record.records_quarantined, record.is_balanced) == (5, 1, True)


def test_a_condition_on_a_field_that_a_torn_line_lacks_is_not_met(tmp_path: Path) -> None:
    home = home_with(tmp_path, "skip_where: {Start: {filled: false}}")
    record = home.take("calls.csv", HEADER + FIRST + "k2,15552,\nk3,15553\n", source="crm")
    assert home.findings() == [(4, None, "short_line", "2 fields")]
    assert (record.ignored_by_kind, record.is_balanced) == ({"skipped": 1}, True)


def test_one_of_several_conditions_is_enough_and_all_of_one_are_needed(tmp_path: Path) -> None:
    home = home_with(tmp_path, "skip_where: [{Call: [k1, k2], Caller: '15551'}, {Call: Sum}]")
    record = home.take("calls.csv", HEADER + FIRST + SECOND + "Sum,2,\n", source="crm")
    assert (calls(home), record.ignored_by_kind) == ([(3, "k2")], {"skipped": 2})


REPEATED = """
- name: crm
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: calls*.csv
      feeds:
        contacts:
          contact_id: Call
          customer_id: Caller
          direction: {constant: inbound}
          started_at: time#1
          ended_at: time#2
"""


def test_a_repeated_name_is_addressed_by_its_place_among_them(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=REPEATED)
    home.take("calls.csv", "Call,time,Caller,time\nk1,2026-01-05T10:00:00Z,1,2026-01-05T10:09:00Z\n", source="crm")
    ((start, end),) = home.rows("contacts").select("started_at", "ended_at").rows()
    assert (start.isoformat(), end.isoformat()) == ("2026-01-05T10:00:00+00:00", "2026-01-05T10:09:00+00:00")


def test_a_repeated_name_without_its_place_is_refused_with_what_to_write(tmp_path: Path) -> None:
    home = home_with(tmp_path, "format: csv")
    record = home.take("calls.csv", "Call,Start,Caller,Start\nk1,a,b,c\n", source="crm")
    assert home.findings() == [(1, "Start", "duplicate_column", None)]
    assert "`Start#1`, `Start#2`" in (record.message or "")


def test_another_quote_holds_delimiters_and_line_ends(tmp_path: Path) -> None:
    home = home_with(tmp_path, """quote: "'\"""")
    home.take("calls.csv", HEADER + "'k,1','it''s\nme',2026-01-05T10:00:00Z\n" + SECOND, source="crm")
    assert calls(home) == [(2, "k,1"), (4, "k2")]
    home.take("calls_open.csv", HEADER + "'k1,15551,2026-01-05T10:00:00Z\n" + SECOND, source="crm")
    assert home.findings() == [(2, None, "open_quote", "a quote (') without its partner")]


def test_quotes_that_mean_nothing_are_text(tmp_path: Path) -> None:
    home = home_with(tmp_path, "quote: ''")
    home.take("calls.csv", HEADER + '"k1,5"1,2026-01-05T10:00:00Z\n' + "k2,2026\n", source="crm")
    assert calls(home) == [(2, '"k1')]
    assert home.findings() == [(3, None, "short_line", "2 fields")]


def test_comments_are_no_records_wherever_they_stand(tmp_path: Path) -> None:
    home = home_with(tmp_path, "comment: '#'")
    text = "# made by hand\n" + HEADER + '# one, "two\n' + FIRST + "#\n" + 'k2,"a\n# b",2026-01-05T11:00:00Z\n'
    record = home.take("calls.csv", text, source="crm")
    # Within quotes it is text: the second record has a line that begins with the sign.
    assert calls(home) == [(4, "k1"), (6, "k2")]
    assert (record.records_read, home.findings()) == (2, [])


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("header: {row: 2, contains: [Call]}", "`header` needs either"),
        ("header: {}", "`header` needs either"),
        ("header: {row: 0}", "row"),
        ("header: {row: 2}\n      columns: [Call, Caller, Start]", "can't both be given"),
        ("skip_where: {Call: {matches: '('}}", "no regular expression"),
        ("quote: ','", "`quote` is one sign"),
        ("quote: ab", "at most 1 character"),
        ("skip_where: {Nr: Total}\n      columns: [Call, Caller, Start]", "does not name Nr"),
    ],
)
def test_what_cannot_work_is_refused_when_the_settings_are_read(tmp_path: Path, form: str, told: str) -> None:
    with pytest.raises(CentreError) as error:
        _ = home_with(tmp_path, form).centre
    assert told in str(error.value)


def test_a_column_that_only_skip_where_reads_must_be_there(tmp_path: Path) -> None:
    home = home_with(tmp_path, "skip_where: {Kind: Total}")
    home.take("calls.csv", HEADER + FIRST, source="crm")
    assert home.findings() == [(1, "Kind", "missing_column", None)]
