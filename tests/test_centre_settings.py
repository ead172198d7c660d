"""centre.yaml: the form that anyone can write by hand, its defaults, and errors that say where and what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.centre import CentreError, load_centre, parse_centre
from orchestration.centre.tables import settings_tables, write_settings_tables
from orchestration.home.paths import Home, SettingsError, lock_timeout_seconds, memory_limit
from schemas import TOPICS

BY_HAND = """\
name: Bank 1999
time_zone: Asia/Jerusalem
sources:
  - name: pbx                          # landing/pbx/1999-03-01/queue_log.gz
    kind: asterisk_queue_log
    time_zone: Asia/Jerusalem
    channel: voice
    customer_id_pattern: '^[0-9]+$'    # with anonymous_values: which customers count as identified
    not_recorded: [transfers, agent_states]
  - {name: desk, kind: feed}           # landing/desk/2026-01-05/contacts.csv
"""


def with_line(text: str) -> str:
    return BY_HAND + text + "\n"


def test_the_form_of_the_documentation_loads_as_written() -> None:
    centre = parse_centre(BY_HAND, "centre.yaml")

    pbx, desk = centre.sources
    assert (centre.name, centre.time_zone, pbx.channel, desk.kind) == ("Bank 1999", "Asia/Jerusalem", "voice", "feed")
    assert pbx.recorded_topics() == {"routing", "customer_ids"}
    assert desk.recorded_topics() == set(TOPICS)


def test_settings_have_their_documented_defaults() -> None:
    thresholds = parse_centre(BY_HAND, "centre.yaml").thresholds

    assert thresholds.service_level_seconds == 20
    assert thresholds.short_abandon_seconds == 5
    assert thresholds.fcr_window_days == 7
    assert thresholds.participation_gate == Decimal("0.5")
    signal = parse_centre(BY_HAND, "centre.yaml").topic_signal
    assert (signal.z, signal.min_count, signal.factor, signal.factor_all, signal.weeks) == (4, 5, 2, Decimal("1.5"), 8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"centre.yaml: empty, or no mapping. Remedy: it needs `name`, `time_zone` and `sources`"),
        ("name: [", r"centre.yaml: no valid YAML"),
        ("time_zone: UTC\nsources: []", r"centre.yaml: name: missing. Remedy: add it"),
        (with_line("topic_signal: {weeks: 3}"), r"topic_signal.weeks: Input should be greater than or equal to 4"),
        (
            with_line("targets: [{target_id: t, kpi_id: k, scope_kind: default, baseline_from: 2026-01-01}]"),
            r"targets\[0\].*`baseline_from` and `baseline_to` are the ends of one window",
        ),
        (
            with_line(
                "targets: [{target_id: t, kpi_id: k, scope_kind: default, baseline_from: 2026-01-02, "
                "baseline_to: 2026-01-02}]"
            ),
            r"baseline_to 2026-01-02 does not come after baseline_from 2026-01-02",
        ),
        (with_line("languag: en"), r"centre.yaml: languag: unknown key. Remedy: remove it or mend its spelling"),
        (with_line("language: fr"), r"centre.yaml: language: Input should be 'en' or 'zh'. Found: 'fr'"),
        (BY_HAND.replace("Asia/Jerusalem", "Asia/Nowhere"), r"time_zone: 'Asia/Nowhere' is no IANA time zone"),
        (
            BY_HAND.replace("kind: feed", "kind: feeds"),
            r"sources\[1\].kind: Input should be 'feed', 'files', 'sql', 'http' or",
        ),
        (BY_HAND.replace("name: desk", "name: ../desk"), r"sources\[1\].name: '../desk' cannot name a folder"),
        (BY_HAND.replace("name: desk", "name: pbx"), r"sources: pbx given more than once; give each its own name"),
        (BY_HAND.replace("kind: feed", "kind: files"), r"sources\[1\]: a source of kind files needs `mapping`"),
        (
            BY_HAND.replace("kind: feed", "kind: feed, event_types: {A: ignored}"),
            r"sources\[1\]: `event_types` belongs to kind asterisk_queue_log, not feed",
        ),
        (
            BY_HAND.replace("kind: feed", "kind: feed, mapping: {files: x}"),
            r"sources\[1\]: a source of kind feed takes no `mapping`",
        ),
        (BY_HAND.replace("channel: voice", "pause_reasons: {x: tea}"), r"sources\[0\].pause_reasons.x: Input"),
        (BY_HAND.replace("kind: feed", "kind: feed, colour: red"), r"sources\[1\].colour: unknown key. Remedy: remove"),
        (BY_HAND.replace("'^[0-9]+$'", "'['"), r"sources\[0\].customer_id_pattern: is not a regular expression"),
        (
            BY_HAND.replace("kind: feed", "kind: feed, recorded_from: {routing: 2026-01-01}"),
            r"sources\[1\]: `recorded_from` names routing, which a source records always or not at all; there are",
        ),
        (
            BY_HAND.replace("kind: feed", "kind: feed, not_recorded: [plans], recorded_from: {plans: 2026-01-01}"),
            r"sources\[1\]: `recorded_from` names plans, which the source does not record; write it into `recorded`",
        ),
        (with_line("thresholds: {fcr_window_days: 0}"), r"thresholds.fcr_window_days: .*greater than or equal to 1"),
        (with_line("thresholds: {short_abandon_seconds: -1}"), r"thresholds.short_abandon_seconds: .*Found: '-1'|-1"),
        (
            with_line("impact: {cost_per_event: {tea: 3}}"),
            r"impact.cost_per_event.tea.*: Input should be 'severe_error'",
        ),
        (with_line("impact: {cost_per_event: {complaint: -3}}"), r"impact.cost_per_event.complaint: .*Found: '-3'"),
        (
            with_line("impact: {equivalents: [{name_en: cars, name_zh: 辆车, unit_cost: 300000}]}"),
            r"impact: `equivalents` compare money, of which there is none; add `cost_per_event`",
        ),
        (
            with_line("opening_hours: [{channel: voice, days: [mon], opens: '22:00', closes: '06:00'}]"),
            r"opening_hours\[0\]: opens 22:00 is not before closes 06:00; write a stretch over midnight as two",
        ),
        (
            with_line("opening_hours: [{channel: voice, days: [mon], opens: '9am', closes: '17:00'}]"),
            r"opening_hours\[0\].opens: '9am' is no time of day",
        ),
        (
            with_line(
                "opening_hours: [{channel: voice, days: [mon], opens: '09:00', closes: '17:00', "
                "valid_from: '2026-01-05T08:00:00'}]"
            ),
            r"opening_hours\[0\].valid_from.*: an instant needs an offset",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_remedy(text: str, message: str) -> None:
    with pytest.raises(CentreError, match=message):
        parse_centre(text, "centre.yaml")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(CentreError) as error:
        parse_centre(with_line("languag: en\nthresholds: {fcr_window_days: x}"), "centre.yaml")

    assert len(str(error.value).splitlines()) == 2


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(CentreError, match=r"no such file. Remedy: write it .*scorehouse demo"):
        load_centre(Home(tmp_path))


def test_unquoted_clock_times_of_yaml_are_understood() -> None:
    # YAML 1.1 reads 09:30 as the number 9 x 60 + 30.
    centre = parse_centre(
        with_line("opening_hours: [{channel: web, days: [mon], opens: 9:30, closes: 17:00}]"), "centre.yaml"
    )

    assert (centre.opening_hours[0].opens, centre.opening_hours[0].closes) == ("09:30", "17:00")


def test_settings_become_tables_that_dbt_reads(tmp_path: Path) -> None:
    text = with_line(
        "opening_hours:\n"
        "  - {channel: web, days: [mon, sun], opens: '09:00', closes: '24:00', valid_from: 2026-01-05}\n"
        "  - {channel: app, days: [tue], opens: '09:00', closes: '17:00', valid_to: '2026-01-05T08:00:00+08:00'}\n"
        "holidays: [2026-01-01, {date: 2026-02-01, channel: web}]\n"
        "thresholds: {service_level_seconds: 12.5}\n"
        "topic_signal: {z: 3.5, weeks: 6}\n"
        "impact: {cost_per_event: {complaint: 12.5}, equivalents: [{name_en: cars, name_zh: 辆车, unit_cost: 9}]}"
    )
    text = text.replace("kind: feed", "kind: feed, recorded_from: {complaints: 2025-07-01}")
    home = Home(tmp_path)
    write_settings_tables(home, parse_centre(text, "centre.yaml"), datetime(2026, 1, 9, tzinfo=UTC))

    def rows(table: str, columns: str) -> list[tuple[object, ...]]:
        with duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            path = tmp_path / "raw" / table / "*" / "*.parquet"
            return connection.sql(f"select {columns} from '{path}' order by all").fetchall()  # noqa: S608

    assert rows("centre_settings", "service_level_seconds, as_of::varchar") == [
        (Decimal("12.500"), "2026-01-09 00:00:00+00")
    ]
    assert rows("opening_hours", "channel, weekday, opens, closes, valid_from::varchar, valid_to_at::varchar") == [
        ("app", 2, "09:00", "17:00", None, "2026-01-05 00:00:00+00"),
        ("web", 1, "09:00", "24:00", "2026-01-05", None),
        ("web", 7, "09:00", "24:00", "2026-01-05", None),
    ]
    assert rows("impact_costs", "family, cost_per_event, currency") == [("complaint", Decimal("12.50000000"), "CNY")]
    assert rows("impact_equivalents", "position, name_en, name_zh, unit_cost") == [(1, "cars", "辆车", 9)]
    assert rows("topic_signal", "z::double, min_count, factor::double, factor_all::double, weeks") == [
        (3.5, 5, 2.0, 1.5, 6)
    ]
    assert rows("holidays", "channel, holiday_on::varchar") == [("web", "2026-02-01"), (None, "2026-01-01")]
    assert rows("source_topics", "distinct if(recorded_from is null, '', source_id || topic || recorded_from)") == [
        ("",), ("deskcomplaints2025-07-01",)
    ]  # fmt: skip
    assert rows("source_topics", "count(*), count(*) filter (is_recorded)") == [(2 * len(TOPICS), 2 + len(TOPICS))]


def test_settings_that_did_not_change_are_not_written_again(tmp_path: Path) -> None:
    home, centre = Home(tmp_path), parse_centre(BY_HAND, "centre.yaml")

    assert write_settings_tables(home, centre, None) is True
    assert write_settings_tables(home, centre, None) is False
    assert write_settings_tables(home, centre, datetime(2026, 1, 9, tzinfo=UTC)) is True


def test_columns_of_empty_tables_keep_their_types() -> None:
    tables = settings_tables(parse_centre(BY_HAND, "centre.yaml"), None)

    assert tables["target_overrides"].height == 0
    assert str(tables["target_overrides"].schema["lower_bound"]).startswith("Decimal")


@pytest.mark.parametrize("value", ["", "  ", "data", "./data"])
def test_a_home_that_is_empty_or_relative_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="SCOREHOUSE_HOME"):
        Home.from_env({"SCOREHOUSE_HOME": value})


def test_without_the_variable_the_home_is_data_in_the_checkout() -> None:
    assert Home.from_env({}).root == Path(__file__).resolve().parents[1] / "data"


def test_the_memory_limit_can_be_given() -> None:
    assert memory_limit({"SCOREHOUSE_MEMORY_LIMIT": "700MB"}) == "700MB"
    assert memory_limit({}).endswith("MB")


@pytest.mark.parametrize("value", ["soon", "-1", "inf", "nan"])
def test_a_lock_timeout_that_is_no_duration_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="SCOREHOUSE_LOCK_TIMEOUT"):
        lock_timeout_seconds({"SCOREHOUSE_LOCK_TIMEOUT": value})
