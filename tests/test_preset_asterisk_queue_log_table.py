"""Six calls of the realtime queue_log table with its known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.land_home import LandHome
from tests.support.preset_home import PresetHome

HEADER = "time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    folder = tmp_path_factory.mktemp("queue_log") / "home"
    return PresetHome(folder, "asterisk_queue_log_table", "America/Sao_Paulo")


# Answered: r1 by 201 after 15 s (202 did not), 120 s, then gave up in support after 15 s; r3 (the caller of r1) by 201
# after 3 s, 60 s, sent on; r4 by 202 after 30 s, 100 s, sent on with a word. r2 gave up after 40 s, r5 ran out of time
# after 100 s, r7 pressed a key after 20 s. Both were signed in from 8 to 10; 202 began in a pause of half an hour.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 6, None),
        ("connect_rate", 3, 6),
        ("abandon_rate", 1, 6),
        ("service_level", 2, 3 + 1),
        ("avg_speed_of_answer", 15 + 3 + 30, 3),
        ("avg_queue_time", 15 + 40 + 3 + 30 + 100 + 20, 6),
        ("avg_abandon_time", 40, 1),
        ("queue_placement_rate", 1, 6),
        ("contacts_handled", 3, None),
        ("avg_handle_time", 120 + 60 + 100, 3),
        ("transfer_rate", 2, 3),
        ("transfer_rate_warm", 1, 3),
        ("first_contact_resolution_rate", 2, 3),
        ("away_time_share", 1800, 2 * 7200),
        ("occupancy", 120 + 60 + 100, 2 * 7200 - 1800),
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


@pytest.mark.slow
def test_events_of_one_second_and_rows_out_of_order_are_two_visits_and_one_wait(home: PresetHome) -> None:
    visits = home.rows(
        "select split_part(contact_key, '/', 2), queue_id, outcome, routed_wait_seconds::int from fct_queue_visit"
        " where contact_key like '%/r1' or contact_key like '%/r3' order by contact_key, visit_number"
    )
    assert visits == [
        ("r1", "sales", "connected", 15),
        ("r1", "support", "abandoned", 15),
        ("r3", "sales", "connected", 3),
    ]


@pytest.mark.slow
def test_who_did_not_answer_was_offered_the_call_and_a_pause_of_no_length_is_none(home: PresetHome) -> None:
    assert home.kpi("connect_rate", "agent", "Local/202@x") == (1, 2)
    assert home.kpi("away_time_share", "agent", "Local/201@x") == (0, 7200)


@pytest.mark.slow
@pytest.mark.parametrize("kpi_id", ["after_contact_work_time", "first_response_time", "satisfaction_score"])
def test_what_a_queue_log_does_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"


@pytest.mark.parametrize("time", ["1767614400", "2026-01-05 12:00:00", "2026-01-05T12:00:00.000000Z"])
def test_a_table_without_numbers_is_read_and_its_times_in_every_form(tmp_path: Path, time: str) -> None:
    home = LandHome(tmp_path, sources="- {name: desk, preset: asterisk_queue_log_table, time_zone: UTC}")
    record = home.take(
        "queue_log.csv", f"{HEADER}{time},r1,sales,SIP/1,RINGNOANSWER,1500,,,,\n{time},r1,sales,,WHAT,,,,,\n"
    )
    events = home.rows("contact_events").select("event_type", "occurred_at", "event_id")
    assert [(row[0], str(row[1]), row[2]) for row in events.rows()] == [
        ("offered", "2026-01-05 11:59:58.500000+00:00", None),
        ("declined", "2026-01-05 12:00:00+00:00", None),
    ]
    assert (record.state, record.records_accepted, record.ignored_by_kind) == ("taken", 1, {"no_feed": 1})
