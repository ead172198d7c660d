"""Call detail records of Asterisk, a table and the file of cdr_csv: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import pytest

from tests.support.preset_home import PresetHome

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("cdr") / "home", "asterisk_cdr", "Europe/Moscow")


# 1.1 rang at 101 for 10 s and at 102 for 6 s. 2.3 rang at 101 for 10 s, 102 took it after 5 s and talked 60 s. 3.5 was
# taken by 101 after 5 s, 30 s. 7.9 (Master.csv) by 103 after 25 s, 100 s. 6.8 heard an announcement and reached nobody.
# Outbound: 4.6 by 101, 90 s; 5.7 by 101 in vain; 8.1 (Master.csv) by 103, 40 s.
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 4, None),
        ("contacts_handled", 5, None),
        ("connect_rate", 3 + 2, 4 + 3),
        ("abandon_rate", 1, 4),
        ("avg_abandon_time", 10 + 6, 1),
        ("avg_speed_of_answer", 15 + 5 + 25, 3),
        ("avg_queue_time", 16 + 15 + 5 + 25, 4),
        ("service_level", 2, 3 + 1),
        ("avg_handle_time", 60 + 30 + 90 + 100 + 40, 5),
        ("avg_contact_duration", 60 + 30 + 90 + 100 + 40, 5),
        ("outbound_share", 2, 5),
        ("first_contact_resolution_rate", 3, 3),
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


def test_every_phone_that_rang_is_an_offer_and_one_call_is_one_contact(home: PresetHome) -> None:
    lost = home.rows(
        "select agent_id, split_part(contact_key, '/', 2) from fct_agent_offer where connects = 0 order by all"
    )
    assert lost == [("101", "1.1"), ("101", "2.3"), ("101", "5.7"), ("102", "1.1")]
    assert home.kpi("contacts_handled", "agent", "102") == (1, None)


@pytest.mark.parametrize("kpi_id", ["transfer_rate", "after_contact_work_time", "occupancy", "satisfaction_score"])
def test_what_call_records_do_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"
