"""When more contacts than usual are a signal, and what was done then: SP-1 to SP-7, from rows to table.

Every case has a weekday or hours of its own, so that none of them is among the other topics of another.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.governance import complain
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

ZONE = ZoneInfo("Europe/Berlin")
TEN = (8, 9, 10, 10, 10, 11, 11, 11)
"""Eight weeks before, the latest first: 10 in the middle, with less spread than chance alone would give."""
WIDE = (106, 106, 106, 120, 120, 134, 134, 134)
"""120 in the middle; sum of squares 1176, over 7 weeks 168, which is 1.4 times the middle."""


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def put(home: RawHome, topic: str | None, day: date, hour: int, count: int, **told: Any) -> None:
    """So many inbound contacts, begun within one hour of the centre's clock; `landed` says on which day."""
    landed = told.pop("landed", day)
    rows = [
        {"contact_id": f"{topic}-{day}-{hour}-{number}-{told}", "topic": topic} | told
        | {"started_at": local(day, hour) + timedelta(minutes=59 * number / count)}
        for number in range(count)
    ]  # fmt: skip
    home.add("contacts", rows, landing_day=str(landed), file_name=f"{landed}.csv")


def before(home: RawHome, topic: str | None, day: date, hour: int, counts: tuple[int, ...]) -> None:
    """Contacts of the same hour in the weeks before, the latest first."""
    for week, count in enumerate(counts, 1):
        put(home, topic, day - timedelta(weeks=week), hour, count)


def act(home: RawHome, name: str, signal: str, taken: datetime, kind: str, result: str | None = None) -> None:
    row = {"action_id": name, "origin_kind": "topic_signal", "origin_id": signal, "kind": kind, "actor_id": "duty"}
    home.add("actions", [row | {"taken_at": taken, "result": result}])


TUESDAY, WEDNESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)
FRIDAY, SUNDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 8), date(2026, 3, 9)
SPRING = date(2026, 3, 29)


def add_limits(home: RawHome) -> None:
    """SP-1 and SP-5 in topic billing, from nine to one; SP-2 in topics that were never asked about before."""
    before(home, "billing", TUESDAY, 9, TEN)
    for hour, count in ((9, 27), (10, 6), (11, 6), (12, 28)):
        put(home, "billing", TUESDAY, hour, count)
    put(home, "billing", TUESDAY, 9, 50, direction="outbound")
    put(home, "billing", TUESDAY, 9, 50, is_test=True)
    act(home, "notice", "billing@2026-03-03T10", local(TUESDAY, 10, 25), "customer_notice")
    act(home, "told", "billing@2026-03-03T12", local(TUESDAY, 15), "none_needed", "true_event")
    complain(home, "first", f"{local(TUESDAY, 11, 20):%Y-%m-%d %H:%M}", topic="billing")
    complain(home, "other", f"{local(TUESDAY, 10, 30):%Y-%m-%d %H:%M}", topic="delivery")
    before(home, "delivery", TUESDAY, 15, TEN)
    put(home, "delivery", TUESDAY, 15, 26)
    put(home, "six", TUESDAY, 18, 6, landed=WEDNESDAY)
    put(home, "five", TUESDAY, 21, 5)
    put(home, "long ago", date(2026, 2, 17), 18, 6)
    act(home, "false", "six@2026-03-03T19", local(WEDNESDAY, 9), "none_needed", "false_alarm")
    act(home, "gone", "six@2026-03-02T19", local(WEDNESDAY, 9), "none_needed", "true_event")


def add_levels(home: RawHome) -> None:
    """SP-3: on a holiday 40 of 100 come about everything else, on a day of sales 200."""
    for day, hour, topic, count, others in (
        (WEDNESDAY, 3, "sixteen", 16, 40),
        (WEDNESDAY, 6, "fifteen", 15, 40),
        (THURSDAY, 9, "thirty", 30, 200),
    ):
        before(home, topic, day, hour, (10,) * 8)
        before(home, "rest", day, hour, (100,) * 8)
        put(home, topic, day, hour, count)
        put(home, "rest", day, hour, others)


def add_histories(home: RawHome) -> None:
    """SP-4: four of eight Fridays are holidays, and an incident hit one more from nine to half past."""
    for topic, hour in (("three weeks", 9), ("four weeks", 15)):
        before(home, topic, FRIDAY, hour, (10, 10, 10, 10, 1, 1, 1, 1))
        put(home, topic, FRIDAY, hour, 28)
    home.setting("holidays", [{"holiday_on": FRIDAY - timedelta(weeks=week)} for week in range(5, 9)])
    hit = FRIDAY - timedelta(weeks=2)
    span = {"started_at": local(hit, 9), "ended_at": local(hit, 9, 30), "system": "telephony", "channel": "web"}
    approved = {"approved_by": "boss", "approved_at": local(hit, 12), "kpi_groups": "access"}
    home.add("platform_incidents", [{"incident_id": "down"} | span | approved])


def add_all_contacts(home: RawHome) -> None:
    """SP-6: contacts without a topic count among all of them, 180 and 175 on a Sunday and 180 on a holiday."""
    for day, hour, count in ((SUNDAY, 9, 180), (SUNDAY, 15, 175), (MONDAY, 9, 180)):
        before(home, None, day, hour, WIDE)
        put(home, None, day, hour, count)
    home.setting("holidays", [{"holiday_on": day, "channel": "web"} for day in (WEDNESDAY, MONDAY)])


def add_events(home: RawHome) -> None:
    """SP-7: of 27 contacts about cards nobody says what they were; customers were told of them."""
    before(home, "card", THURSDAY, 15, TEN)
    put(home, "card", THURSDAY, 15, 27)
    act(home, "announced", "card@2026-03-05T16", local(THURSDAY, 17), "announcement", "resolved")
    for topic, day, hour in (("billing", TUESDAY, 9), ("card", THURSDAY, 15)):
        put(home, topic, day + timedelta(weeks=1), hour, 10)
    for number, outcome in enumerate(("upheld", "upheld", None, "not_upheld")):
        complain(home, f"card-{number}", "2026-02-10 09:00", topic="card", outcome=outcome, responsible_agent_id="ann")
    complain(home, "card-then", "2026-03-06 09:00", topic="card")


def add_clock_changes(home: RawHome) -> None:
    """Two o'clock of 29 March is not there; contacts came around it."""
    put(home, None, SPRING, 1, 7)
    put(home, None, SPRING, 3, 7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = {"time_zone": "Europe/Berlin", "site_day_points": 9}
    home = RawHome(tmp_path_factory.mktemp("signals"), as_of=local(date(2026, 4, 6), 0), **settings)
    home.source("desk", not_recorded=("routing", "messages", "transfers"))
    add_limits(home)
    add_levels(home)
    add_histories(home)
    add_all_contacts(home)
    add_events(home)
    add_clock_changes(home)
    home.build("fct_topic_signal", "fct_signal_action", tested=True)
    return home.folder


def rows(folder: Path, sql: str) -> list[Any]:
    with open_warehouse(folder) as connection:
        return [
            tuple(round(cell, 3) if isinstance(cell, float) else cell for cell in row)
            for row in connection.execute(sql).fetchall()
        ]


def window(folder: Path, topic: str, day: date, hour_end: int, columns: str) -> tuple[Any, ...]:
    """The columns of one window, rounded to three decimals."""
    where = f"topic = '{topic}' and local_date = '{day}' and hour_end = {hour_end}"
    (row,) = rows(folder, f"select {columns} from fct_topic_hour where {where}")  # noqa: S608
    return tuple(row)


def signal(folder: Path, name: str, columns: str) -> tuple[Any, ...]:
    (row,) = rows(folder, f"select {columns} from fct_topic_signal where signal_id = '{name}'")  # noqa: S608
    return tuple(row)


LIMIT = "contacts, expected, upper_limit, window_state"


def test_sp_1_what_lies_above_the_limit_of_chance_is_a_signal(folder: Path) -> None:
    usual = "reference_count, reference_mean, dispersion, level_factor"
    assert window(folder, "billing", TUESDAY, 10, usual) == (8, 10, 1, 1)
    assert window(folder, "billing", TUESDAY, 10, LIMIT) == (27, 10, 26.075, "signal")
    assert window(folder, "delivery", TUESDAY, 16, LIMIT) == (26, 10, 26.075, "usual")


def test_sp_2_a_topic_that_nobody_asked_about_before_needs_six_contacts(folder: Path) -> None:
    assert window(folder, "six", TUESDAY, 19, LIMIT) == (6, 0.5, 5.59, "signal")
    assert window(folder, "five", TUESDAY, 22, LIMIT) == (5, 0.5, 5.59, "usual")


def test_sp_3_what_all_topics_do_together_is_no_signal_and_hides_none(folder: Path) -> None:
    told = f"level_factor, {LIMIT}"
    assert window(folder, "sixteen", WEDNESDAY, 4, told) == (0.4, 16, 4, 15.005, "signal")
    assert window(folder, "fifteen", WEDNESDAY, 7, told) == (0.4, 15, 4, 15.005, "usual")
    assert window(folder, "thirty", THURSDAY, 10, told) == (2, 30, 20, 41.715, "usual")


def test_sp_4_fewer_than_four_weeks_say_nothing(folder: Path) -> None:
    told = f"reference_count, {LIMIT}"
    assert window(folder, "three weeks", FRIDAY, 10, told) == (3, 28, None, None, "too_little_history")
    assert window(folder, "four weeks", FRIDAY, 16, told) == (4, 28, 10, 27.08, "signal")


def test_sp_5_lead_times_count_from_the_end_of_the_first_window(folder: Path) -> None:
    name = "billing@2026-03-03T10"
    minutes = "minutes_to_action, minutes_to_complaint, minutes_to_peak"
    assert signal(folder, name, minutes) == (25, 80, 120)
    hours = "first_hour_end, last_hour_end, peak_hour, is_known_within_day, known_at = detected_at"
    assert signal(folder, name, hours) == (10, 14, 12, True, True)
    # From eight to two; only the hour from nine had contacts in the weeks before.
    assert signal(folder, name, "contacts, expected, excess") == (67, 10, 57)
    assert signal(folder, name, "action_id, action_count, signal_result") == ("desk/notice", 2, "true_event")


def test_sp_6_all_contacts_together_are_a_topic_that_no_holiday_judges(folder: Path) -> None:
    assert window(folder, "*", SUNDAY, 10, f"dispersion, {LIMIT}") == (1.4, 180, 120, 178.998, "signal")
    assert window(folder, "*", SUNDAY, 16, LIMIT) == (175, 120, 178.998, "usual")
    assert window(folder, "*", MONDAY, 10, "contacts, window_state") == (180, "holiday")


def test_sp_7_an_event_that_was_one_says_nothing_of_what_is_usual(folder: Path) -> None:
    usual = "reference_count, reference_mean"
    assert window(folder, "billing", TUESDAY + timedelta(weeks=1), 10, usual) == (7, 9.857)
    assert window(folder, "card", THURSDAY + timedelta(weeks=1), 16, usual) == (8, 12)
    # What was a false alarm is as any other week.
    assert window(folder, "six", TUESDAY + timedelta(weeks=1), 19, usual) == (8, 0.75)


def test_what_landed_a_day_later_was_known_a_day_later(folder: Path) -> None:
    told = "known_on::varchar, known_at::varchar, is_known_within_day, minutes_to_peak, minutes_to_action"
    landed = ("2026-03-04", "2026-03-03 23:00:00+00", False, -6 * 60, 9 * 60)
    assert signal(folder, "six@2026-03-03T19", told) == landed
    assert signal(folder, "six@2026-03-03T19", "signal_result") == ("false_alarm",)


def test_complaints_avoided_are_an_estimate_of_two_numbers(folder: Path) -> None:
    """Three of four complaints count, on 80 contacts; 27 came then, and one complaint."""
    told = "complaints_expected, complaints_received, complaints_avoided_estimate, signal_result"
    assert signal(folder, "card@2026-03-05T16", told) == (1.012, 1, 0.012, "open")
    # Told of as well, with less than one complaint to be expected.
    assert signal(folder, "billing@2026-03-03T10", told) == (None, None, None, "true_event")


def test_every_action_on_a_signal_is_listed_also_when_the_signal_is_gone(folder: Path) -> None:
    told = rows(
        folder, "select action_id, signal_id, action_result from fct_signal_action order by taken_at, action_id"
    )
    assert told == [
        ("desk/notice", "billing@2026-03-03T10", None),
        ("desk/told", "billing@2026-03-03T10", "true_event"),
        ("desk/false", "six@2026-03-03T19", "false_alarm"),
        ("desk/gone", None, "true_event"),
        ("desk/announced", "card@2026-03-05T16", "resolved"),
    ]


def test_windows_that_the_clocks_were_changed_in_are_skipped(folder: Path) -> None:
    ends = rows(folder, f"select hour_end, contacts from fct_topic_hour where topic = '*' and local_date = '{SPRING}'")  # noqa: S608
    assert [(end, count) for end, count in ends if count] == [(2, 7), (5, 7)]


def test_hours_are_kept_of_the_last_dates_and_of_topics_with_a_signal(folder: Path) -> None:
    query = "select distinct topic, local_date from fct_topic_hour where local_date < '2026-02-26' order by all"
    assert rows(folder, query) == [("*", date(2026, 2, 17)), ("long ago", date(2026, 2, 17))]
