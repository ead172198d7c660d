"""Instants and lengths of time that an export does not have, reckoned of what it has; ids of rows that have none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

CALLS = """
- name: calls
  kind: files
  channel: voice
  {zone}
  mapping:
    - files: 'calls*'
      format: csv
      feeds:
        contact_events:
          contact_id: {id}
          occurred_at: {at}
          event_type: {{constant: connected}}
          talk_seconds: {talk}
"""
BERLIN = "time_zone: Europe/Berlin"
HEADER = "id,start,end,wait,talk\n"


def take(
    tmp_path: Path, *lines: str, at: str = "start", talk: str = "talk", name: str = "id", zone: str = BERLIN
) -> tuple[list[str], list[str], list[tuple[object, ...]]]:
    """Instants in UTC and talk times that the rules make of lines, and all findings."""
    home = LandHome(tmp_path, sources=CALLS.format(at=at, talk=talk, id=name, zone=zone))
    record = home.take("calls.csv", HEADER + "\n".join(lines) + "\n", source="calls")
    assert record.is_balanced
    times = [f"{time:%Y-%m-%d %H:%M:%S.%f}"[:-3] for time in home.column("contact_events", "occurred_at")]
    return times, [str(talk) for talk in home.column("contact_events", "talk_seconds")], home.findings()


@pytest.mark.parametrize(
    ("at", "line", "instant"),
    [
        ("{plus: [start, wait]}", "1,2026-01-05 10:00:00,,67.5,", "2026-01-05 09:01:07.500"),
        ("{plus: [start, wait]}", "1,2026-01-05T10:00:00Z,,60,", "2026-01-05 10:01:00.000"),
        ("{plus: [start, wait]}", "1,2026-01-05T10:00:00.25+05:30,,60,", "2026-01-05 04:31:00.250"),
        ("{plus: [start, wait]}", "1,2026-01-05T10:00:00-03,,60,", "2026-01-05 13:01:00.000"),
        ("{minus: [end, talk]}", "1,,2026-01-05 10:00:00,,90", "2026-01-05 08:58:30.000"),
        ("{plus: [start, {constant: 30}]}", "1,2026-01-05 10:00:00,,,", "2026-01-05 09:00:30.000"),
        (
            "{plus: [{column: start, time_format: '%d.%m.%Y %H:%M'}, {column: wait, duration: 'MM:SS'}]}",
            "1,05.01.2026 10:00,,1:07,",
            "2026-01-05 09:01:07.000",
        ),
        ("{plus: [{key: [start, end], separator: ' ', time_format: '%Y-%m-%d %H:%M'}, wait]}",
         "1,2026-01-05,10:00,5,", "2026-01-05 09:00:05.000"),
        # Clocks in Berlin went from 02:00 to 03:00 in between.
        ("{plus: [start, wait]}", "1,2025-03-30 01:58:00,,300,", "2025-03-30 01:03:00.000"),
        # 02:30 happened twice; the first was half past midnight in Greenwich.
        ("{plus: [start, wait]}", "1,2025-10-26 02:30:00,,3600,", "2025-10-26 01:30:00.000"),
    ],
)  # fmt: skip
def test_an_instant_is_reckoned_from_another_one(tmp_path: Path, at: str, line: str, instant: str) -> None:
    assert take(tmp_path, line, at=at)[::2] == ([instant], [])


def test_where_the_source_says_no_zone_it_is_that_of_the_centre(tmp_path: Path) -> None:
    # The home of the test is in Shanghai, eight hours ahead.
    line = "1,2026-01-05 10:00:00,,60,"
    assert take(tmp_path, line, at="{plus: [start, wait]}", zone="")[0] == ["2026-01-05 02:01:00.000"]


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("1,2026-01-05 10:00:00,2026-01-05 10:01:07.5,,", "67.500"),
        ("1,2026-01-05 10:00:00,2026-01-05T09:00:05Z,,", "5.000"),
        ("1,2026-01-05 10:00:00,2026-01-05 10:00:00,,", "0.000"),
        ("1,2025-03-30 01:58:00,2025-03-30 03:03:00,,", "300.000"),
        ("1,2026-01-05 10:00:00,,,", "None"),
        # Twelve days are more than a million seconds.
        ("1,2025-12-01 10:00:00,2025-12-13 10:00:00.5,,", "1036800.500"),
    ],
)
def test_a_length_of_time_is_reckoned_from_two_instants(tmp_path: Path, line: str, seconds: str) -> None:
    _, talk, findings = take(tmp_path, line, talk="{duration_from: [start, end]}")
    assert (talk, findings) == ([seconds], [])


@pytest.mark.parametrize(
    ("end", "check"),
    [
        ("2026-01-05 09:59:59", "negative"),
        ("0001-01-01 00:00:00", "negative"),
        ("9999-12-31 00:00:00", "out_of_range"),
    ],
)
def test_an_end_before_its_start_or_far_from_it_costs_its_record(tmp_path: Path, end: str, check: str) -> None:
    line = f"1,2026-01-05 10:00:00,{end},,"
    _, talk, findings = take(tmp_path, line, talk="{duration_from: [start, end]}")
    assert (talk, [found[1:3] for found in findings]) == ([], [("talk_seconds", check)])


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("1,soon,,5,", ("start", "not_a_time")),
        ("1,2026-02-30 10:00:00,,5,", ("start", "not_a_time")),
        ("1,2026-01-05 10:00:00,,0:05,", ("wait", "not_a_number")),
        ("1,2026-01-05 10:00:00,,,", ("occurred_at", "missing_value")),
        ("1,,,5,", ("occurred_at", "missing_value")),
    ],
)
def test_what_cannot_be_reckoned_with_costs_its_record_and_names_its_column(
    tmp_path: Path, line: str, finding: tuple[str, str]
) -> None:
    times, _, findings = take(tmp_path, line, at="{plus: [start, wait]}")
    assert (times, [found[:3] for found in findings]) == ([], [(2, *finding)])


def test_a_form_of_an_operand_that_does_not_fit_is_told_as_elsewhere(tmp_path: Path) -> None:
    at = "{plus: [start, {column: wait, duration: 'MM:SS'}]}"
    _, _, findings = take(tmp_path, "1,2026-01-05 10:00:00,,5 s,", at=at)
    assert [found[:3] for found in findings] == [(2, "wait", "not_a_duration")]


def test_rows_without_an_id_are_named_by_their_file_and_number(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS.format(at="start", talk="talk", id="{row_number: true}", zone=BERLIN))
    lines = "1,2026-01-05 10:00:00,,,\n1,2026-01-05 10:00:00,,,\n"
    home.take("calls_5.csv", HEADER + lines, source="calls")
    home.take("calls_6.csv", HEADER + lines + lines, source="calls")
    assert home.column("contact_events", "contact_id") == [
        "2026-01-05/calls_5.csv-1",
        "2026-01-05/calls_5.csv-2",
        "2026-01-05/calls_6.csv-1",
        "2026-01-05/calls_6.csv-2",
        "2026-01-05/calls_6.csv-3",
        "2026-01-05/calls_6.csv-4",
    ]


def test_rows_of_files_of_one_name_are_other_rows_on_another_day(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS.format(at="start", talk="talk", id="{row_number: true}", zone=BERLIN))
    for day in (5, 6):
        text = f"{HEADER}1,2026-01-0{day} 10:00:00,,,\n"
        home.take("calls.csv", text, source="calls", day=date(2026, 1, day))
    assert home.column("contact_events", "contact_id") == ["2026-01-05/calls.csv-1", "2026-01-06/calls.csv-1"]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"at": "{plus: [start]}"}, "operands|Field required|length|least"),
        ({"talk": "{plus: [start, wait]}"}, "is no instant"),
        ({"at": "{duration_from: [start, end]}"}, "is no length of time"),
        ({"at": "{plus: [{constant: 5}, wait]}"}, "can't be a constant"),
        ({"at": "{plus: [{column: start, time_format: '%d.%m.%Y'}, wait]}"}, "reads no clock time"),
        ({"at": "{minus: [end, {column: talk, time_format: '%d.%m.%Y %H:%M'}]}"}, "write `duration`"),
        ({"talk": "{row_number: true}"}, "is no id"),
        ({"id": "{row_number: false}"}, "True"),
    ],
)
def test_what_can_never_be_reckoned_stops_at_centre_yaml(tmp_path: Path, rules: dict[str, str], told: str) -> None:
    forms = {"at": "start", "talk": "talk", "id": "id", "zone": BERLIN} | rules
    with pytest.raises(CentreError, match=told):
        _ = LandHome(tmp_path, sources=CALLS.format(**forms)).centre
