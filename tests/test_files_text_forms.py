"""What is done with a text before it is read: one of several columns, a part of it, plain letters, a default."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

CALLS = """
- name: calls
  kind: files
  time_zone: Europe/Berlin
  channel: voice
  mapping:
    - files: calls.csv
      delimiter: ;
      feeds:
        contacts:
          contact_id: id
          customer_id: {{constant: c}}
          direction: {{constant: inbound}}
          started_at: {start}
          topic: {topic}
"""
HEADER = "id;start;topic;other\n"
ISO = "{column: start}"


def topics_of(tmp_path: Path, rule: str, *cells: str) -> tuple[list[object], list[tuple[object, ...]]]:
    """The topics that a rule makes of cells `topic;other`, and all findings."""
    home = LandHome(tmp_path, sources=CALLS.format(start=ISO, topic=rule))
    lines = [f"{at};2026-01-05 13:00:00;{cell}" for at, cell in enumerate(cells)]
    record = home.take("calls.csv", HEADER + "\n".join(lines) + "\n", source="calls")
    assert record.is_balanced
    return home.column("contacts", "topic"), home.findings()


def starts_of(tmp_path: Path, rule: str, *texts: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """The starts, in UTC, that a rule makes of texts in a source of Berlin, and all findings."""
    home = LandHome(tmp_path, sources=CALLS.format(start=rule, topic="other"))
    lines = [f"{at};{text};t;o" for at, text in enumerate(texts)]
    record = home.take("calls.csv", HEADER + "\n".join(lines) + "\n", source="calls")
    assert record.is_balanced
    return [f"{at:%Y-%m-%d %H:%M:%S}" for at in home.column("contacts", "started_at")], home.findings()


@pytest.mark.parametrize(
    ("rule", "cell", "topic"),
    [
        ("{first_of: [topic, other]}", "bill;call", "bill"),
        ("{first_of: [topic, other]}", ";call", "call"),
        ("{first_of: [topic, other]}", ";", None),
        ("{first_of: [topic, other], empty: '-'}", "-;call", "call"),
        ("{column: topic, extract: '^([0-9]+)'}", "42 (billing);", "42"),
        (r"{column: topic, extract: '\((?:about )?(\w+)\)'}", "42 (about bills);", "bills"),
        ("{column: topic, default: none}", ";", "none"),
        ("{column: topic, default: none}", "bill;", "bill"),
        ("{column: topic, default: none, when: {other: yes}}", ";no", None),
        ("{column: topic, values: {1: bill}, default: other}", ";", "other"),
        ("{column: topic, lower: true}", "BiLL;", "bill"),
        ("{column: topic, narrow: true}", "ＡＢ－１２３;", "AB-123"),
        ("{column: topic, narrow: true}", "　Ａ１　;", "A1"),
        ("{column: topic}", "ＡＢ１;", "ＡＢ１"),
        ("{column: topic, narrow: true, extract: '^([A-Z]+)', lower: true, values: {ab: bill}}", "ＡＢ１;", "bill"),
        ("{key: [topic, other], lower: true}", "A;B", "a-b"),
        ("{column: topic, width: 5}", "00123;", "00123"),
        ("{column: topic, width: 5}", "A1;", "A1"),
    ],
)
def test_a_text_becomes_what_the_rule_says(tmp_path: Path, rule: str, cell: str, topic: str | None) -> None:
    assert topics_of(tmp_path, rule, cell) == ([topic], [])


@pytest.mark.parametrize(
    ("rule", "cell", "check"),
    [
        ("{column: topic, extract: '^([0-9]+)'}", "billing;", "not_extracted"),
        ("{column: topic, extract: '^([0-9]*)'}", "billing;", "not_extracted"),
        ("{column: topic, extract: '^([0-9]+)', default: none}", "billing;", "not_extracted"),
        ("{column: topic, width: 5}", "123;", "cut_zeros"),
        ("{column: topic, values: {1: bill}, default: other}", "2;", "unmapped_value"),
    ],
)
def test_what_a_rule_makes_nothing_of_costs_its_record_alone(tmp_path: Path, rule: str, cell: str, check: str) -> None:
    topics, findings = topics_of(tmp_path, rule, cell, ";")
    assert len(topics) == 1
    assert [(line, field, found) for line, field, found, _ in findings] == [(2, "topic", check)]


def test_a_column_that_is_called_as_the_reader_calls_its_own_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CentreError, match="give the column another one in the export, and in JSON write /line_number"):
        _ = LandHome(tmp_path, sources=CALLS.format(start=ISO, topic="line_number")).centre


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("{first_of: [topic]}", "at least 2"),
        ("{column: topic, extract: '['}", "no regular expression"),
        ("{column: topic, extract: 'a(?!b)'}", "look-around"),
        ("{column: topic, extract: '[0-9]+'}", "round brackets around the one part"),
        ("{column: topic, extract: '(a)(b)'}", "has 2 groups"),
        ("{column: topic, width: 0}", "greater than or equal to 1"),
        ("{column: topic, width: 5, values: {a: b}}", "keep one"),
        ("{column: topic, values: {'': a}, default: b}", "keep one"),
        ("{column: topic, lower: maybe}", "lower"),
    ],
)
def test_a_form_that_cannot_work_stops_at_centre_yaml(tmp_path: Path, rule: str, told: str) -> None:
    with pytest.raises(CentreError, match=told):
        _ = LandHome(tmp_path, sources=CALLS.format(start=ISO, topic=rule)).centre


@pytest.mark.parametrize(
    ("pattern", "text", "start"),
    [
        ("excel_serial", "46027.5", "2026-01-05 11:00:00"),
        ("excel_serial", "46027", "2026-01-04 23:00:00"),
        # 10:01:00 is 0.41736111… of a day, of which a spreadsheet writes 15 digits.
        ("excel_serial", "46027.4173611111", "2026-01-05 09:01:00"),
        ("excel_serial_1904", "44565.5", "2026-01-05 11:00:00"),
        ("'%Y年%m月%d日 %p%I:%M:%S'", "2026年1月5日 下午3:03:00", "2026-01-05 14:03:00"),
        ("'%Y年%m月%d日 %p%I:%M:%S'", "2026年1月5日 上午12:03:00", "2026-01-04 23:03:00"),
        ("'%Y/%m/%d %I:%M %p'", "2026/1/5 12:03 p.m.", "2026-01-05 11:03:00"),
    ],
)
def test_a_time_of_a_spreadsheet_is_read(tmp_path: Path, pattern: str, text: str, start: str) -> None:
    assert starts_of(tmp_path, f"{{column: start, time_format: {pattern}}}", text) == ([start], [])


def test_several_time_formats_are_tried_in_turn(tmp_path: Path) -> None:
    rule = "{column: start, time_format: ['%Y-%m-%d %H:%M:%S', '%d.%m.%Y %H:%M', excel_serial]}"
    starts, findings = starts_of(tmp_path, rule, "2026-01-05 13:00:00", "05.01.2026 13:01", "46027.5", "1/5/2026 1 PM")
    assert starts == ["2026-01-05 12:00:00", "2026-01-05 12:01:00", "2026-01-05 11:00:00"]
    assert [(line, field, check) for line, field, check, _ in findings] == [(5, "start", "not_a_time")]


@pytest.mark.parametrize(
    ("formats", "told"),
    [
        ("['%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M']", "reads 05/06 as two days"),
        ("['%d/%m/%Y %H:%M', '%H:%M']", "can't tell a time"),
        ("['%d/%m/%Y %H:%M', '%d/%m/%Y']", "reads no clock time"),
        ("['%d/%m/%Y %H:%M', excel]", "can't tell a time"),
    ],
)
def test_formats_that_cannot_stand_together_stop_at_centre_yaml(tmp_path: Path, formats: str, told: str) -> None:
    with pytest.raises(CentreError, match=told):
        _ = LandHome(
            tmp_path, sources=CALLS.format(start=f"{{column: start, time_format: {formats}}}", topic="t")
        ).centre


def test_instants_that_stand_for_nothing_are_nothing_where_that_is_said(tmp_path: Path) -> None:
    sources = CALLS.format(start=ISO, topic="topic") + "          ended_at: other\n"
    nothing = "  empty: ['0000-00-00', '1970-01-01 00:00:00', '9999-12-31']\n"
    home = LandHome(tmp_path, sources=sources + nothing)
    ends = ["0000-00-00", "1970-01-01 00:00:00", "9999-12-31", "", "2026-01-05 13:05:00"]
    lines = [f"{at};2026-01-05 13:00:00;t;{end}" for at, end in enumerate(ends)]
    record = home.take("calls.csv", HEADER + "\n".join(lines) + "\n", source="calls")
    assert [at is None for at in home.column("contacts", "ended_at")] == [True] * 4 + [False]
    assert (record.records_accepted, home.findings()) == (5, [])
