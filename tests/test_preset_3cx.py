"""Nine call data records of 3CX with their known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import pytest

from tests.support.preset_home import PresetHome

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("threecx") / "home", "3cx", "Europe/Berlin")


# Called directly: 1001 101 after 12 s, 75 s; 1002 102 after 8 s, 45 s; 1003 nobody for 31 s. Through queue 800: 1004
# (the caller of 1001) ended with 101, 1005 gave up after 50 s, 1006 came to voicemail and ended after 80 s.
# Outbound by 102: 1007 60 s, 1008 in vain. 1009 was a call between two colleagues.
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 6, None),
        ("contacts_handled", 4, None),
        ("connect_rate", 3 + 1, 6 + 2),
        ("abandon_rate", 2, 6),
        ("avg_abandon_time", 31 + 50, 2),
        ("avg_speed_of_answer", 12 + 8, 2),  # nobody knows how long 1004 waited
        ("avg_queue_time", 12 + 8 + 31 + 50 + 80, 5),
        ("service_level", 2, 2 + 2),
        ("queue_placement_rate", 1, 5),
        ("avg_handle_time", 75 + 45 + 60, 3),
        ("avg_contact_duration", 75 + 45 + 60, 3),
        ("outbound_share", 1, 4),
        ("first_contact_resolution_rate", 2, 3),  # of 1001, 1002, 1004; the caller of 1001 called again
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


def test_who_had_a_call_of_a_queue_has_it_without_a_time(home: PresetHome) -> None:
    assert home.kpi("contacts_handled", "agent", "101") == (2, None)
    assert home.kpi("avg_handle_time", "agent", "101") == (75, 1)
    assert home.kpi("contacts_received", "queue", "800") == (3, None)
    assert home.rows(
        "select outcome, exit_reason from fct_queue_visit where contact_key like '%\\_1006' escape '\\'"
    ) == [("left", "voicemail")]


@pytest.mark.parametrize("kpi_id", ["transfer_rate", "after_contact_work_time", "occupancy", "satisfaction_score"])
def test_what_call_data_records_do_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"
