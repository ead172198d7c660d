"""Values as foreign files write them: durations, decimal commas, date and clock in two columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

EVENTS = """
- name: calls
  kind: files
  time_zone: Europe/Berlin
  mapping:
    - files: calls.csv
      delimiter: ;
      feeds:
        contact_events:
          contact_id: id
          occurred_at: {{key: [Datum, Uhrzeit], separator: ' ', time_format: '%d.%m.%Y %H:%M'}}
          event_type: {{constant: connected}}
          talk_seconds: {talk}
"""
HEADER = "id;Datum;Uhrzeit;Talk\n"


def talk_of(tmp_path: Path, rule: str, *texts: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """The talk times that a rule makes of texts, and all findings."""
    home = LandHome(tmp_path, sources=EVENTS.format(talk=rule))
    lines = [f"{at};05.01.2026;13:00;{text}" for at, text in enumerate(texts)]
    record = home.take("calls.csv", HEADER + "\n".join(lines) + "\n", source="calls")
    assert record.is_balanced
    return [str(talk) for talk in home.column("contact_events", "talk_seconds")], home.findings()


@pytest.mark.parametrize(
    ("form", "text", "seconds"),
    [
        ("HH:MM:SS", "00:01:15", "75.000"),
        ("HH:MM:SS", "1:02:03", "3723.000"),
        ("HH:MM:SS", "0:05", "5.000"),
        ("HH:MM:SS", "12:05", "725.000"),
        ("HH:MM:SS", "00:00:12.5", "12.500"),
        ("HH:MM:SS", "100:00:00", "360000.000"),
        ("MM:SS", "125:10", "7510.000"),
        ("HH:MM", "1:15", "4500.000"),
        ("1h 02m 03s", "1h 02m 03s", "3723.000"),
        ("1h 02m 03s", "2h", "7200.000"),
        ("1h 02m 03s", "5 min 10 sec", "310.000"),
        ("1h 02m 03s", "1d 3h", "97200.000"),
        ("1h 02m 03s", "1h02m03s", "3723.000"),
        ("ISO 8601", "PT1M7.5S", "67.500"),
        ("ISO 8601", "P1DT2H", "93600.000"),
        ("ISO 8601", "PT0S", "0.000"),
    ],
)
def test_a_duration_becomes_seconds(tmp_path: Path, form: str, text: str, seconds: str) -> None:
    assert talk_of(tmp_path, f"{{column: Talk, duration: '{form}'}}", text) == ([seconds], [])


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("HH:MM:SS", "00:75:00"),
        ("HH:MM:SS", "-0:01:00"),
        ("HH:MM:SS", "75"),
        ("MM:SS", "1:02:03"),
        ("1h 02m 03s", "soon"),
        ("1h 02m 03s", "12"),
        ("ISO 8601", "P"),
        ("ISO 8601", "PT"),
    ],
)
def test_what_is_no_such_duration_costs_the_record(tmp_path: Path, form: str, text: str) -> None:
    seconds, findings = talk_of(tmp_path, f"{{column: Talk, duration: '{form}'}}", text, "")
    assert seconds == ["None"], "a record without talk time is kept"
    assert [(line, field, check) for line, field, check, _ in findings] == [(2, "Talk", "not_a_duration")]


@pytest.mark.parametrize(
    ("signs", "text", "seconds"),
    [
        ("{decimal: ','}", "5,5", "5.500"),
        ("{decimal: ',', thousands: '.'}", "1.075", "1075.000"),
        ("{decimal: ',', thousands: '.'}", "1.075,25", "1075.250"),
        ("{thousands: ','}", '1,075', "1075.000"),
        ("{thousands: ' '}", "1\u00a0075", "1075.000"),
        ("{thousands: \"'\"}", "1'075.5", "1075.500"),
        ("{decimal: ','}", "60", "60.000"),
    ],
)  # fmt: skip
def test_a_number_is_read_by_its_signs(tmp_path: Path, signs: str, text: str, seconds: str) -> None:
    assert talk_of(tmp_path, f"{{column: Talk, number: {signs}}}", text) == ([seconds], [])


@pytest.mark.parametrize("text", ["1.5", "1.07", "1,5,5", "10.75.000", "1.0755", ",5"])
def test_a_number_of_other_signs_never_becomes_another_number(tmp_path: Path, text: str) -> None:
    seconds, findings = talk_of(tmp_path, "{column: Talk, number: {decimal: ',', thousands: '.'}}", text, "1")
    assert seconds == ["1.000"]
    assert [(line, field, check) for line, field, check, _ in findings] == [(2, "Talk", "not_a_number")]


def test_minutes_with_a_decimal_comma_become_seconds(tmp_path: Path) -> None:
    rule = "{column: Talk, number: {decimal: ','}, multiply: 60}"
    assert talk_of(tmp_path, rule, "1,5", "2") == (["90.000", "120.000"], [])


def test_date_and_clock_of_two_columns_are_one_instant(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=EVENTS.format(talk="Talk"))
    text = HEADER + "d1;05.01.2026;13:00;1\nd2;05.01.2026;noon;1\nd3;05.01.2026;;1\n"
    record = home.take("calls.csv", text, source="calls")
    assert [str(at) for at in home.column("contact_events", "occurred_at")] == ["2026-01-05 12:00:00+00:00"]
    assert [(line, field, check) for line, field, check, _ in home.findings()] == [
        (3, "Uhrzeit", "not_a_time"),
        (4, "occurred_at", "missing_value"),
    ]
    assert (record.records_quarantined, record.is_balanced) == (2, True)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("{column: Talk, duration: '%H:%M:%S'}", "HH:MM:SS"),
        ("{column: Talk, duration: 'MM:SS', multiply: 60}", "keep one"),
        ("{column: Talk, number: {decimal: ',', thousands: ','}}", "can't be the same sign"),
        ("{key: [Datum, Talk], time_format: '%H:%M'}", "can't tell a time"),
        ("{key: [Datum, Talk], time_format: epoch_seconds}", "is of one column"),
    ],
)
def test_forms_that_cannot_be_read_stop_at_centre_yaml(tmp_path: Path, rule: str, told: str) -> None:
    with pytest.raises(CentreError, match=told):
        _ = LandHome(tmp_path, sources=EVENTS.format(talk=rule)).centre
