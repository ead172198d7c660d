"""Five calls as Asterisk's channel events tell them: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import pytest

from tests.support.preset_home import PresetHome

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("cel") / "home", "asterisk_cel", "Europe/Moscow")


# 10.1: an announcement of 5 s, 20 s in sales (101 did not answer), 102 for 120 s. 20.1: 10 s in sales, 101 for 60 s.
# 30.1 gave up in support after 40 s. 40.1: the caller of 10.1, 30 s in support, 103 for 60 s. 50.1: never in a queue.
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 4, None),
        ("contacts_handled", 3, None),
        ("connect_rate", 3, 4),
        ("abandon_rate", 1, 4),
        ("avg_abandon_time", 40, 1),
        ("service_level", 2, 3 + 1),
        ("avg_speed_of_answer", 20 + 10 + 30, 3),
        ("avg_queue_time", 20 + 10 + 40 + 30, 4),
        ("avg_handle_time", 120 + 60 + 60, 3),
        ("avg_contact_duration", 120 + 60 + 60, 3),
        ("first_contact_resolution_rate", 2, 3),
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


def test_each_call_is_one_visit_of_its_queue_and_one_leg_of_who_answered(home: PresetHome) -> None:
    visits = home.rows("select queue_id, outcome from fct_queue_visit order by contact_key")
    assert visits == [
        ("sales", "connected"),
        ("sales", "connected"),
        ("support", "abandoned"),
        ("support", "connected"),
    ]
    assert home.rows("select agent_id from fct_contact_leg order by contact_key") == [("102",), ("101",), ("103",)]


@pytest.mark.parametrize("kpi_id", ["transfer_rate", "after_contact_work_time", "occupancy", "satisfaction_score"])
def test_what_channel_events_do_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"
