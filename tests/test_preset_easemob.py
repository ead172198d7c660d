"""Seven sessions of Easemob in three exports with their known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import pytest

from tests.support.preset_home import PresetHome

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("easemob") / "home", "easemob", "Asia/Shanghai")


# Answered: S1 after 60 s, 540 s, 5 stars; S2 after 60 s, 1,140 s, 2 stars; S4 after 120 s, not over; S5 (the customer
# of S1) at once, 600 s, 4 stars; S6 after 60 s, 600 s, 3 stars. S3 left after 300 s, S7 after 60 s.
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 7, None),
        ("contacts_handled", 5, None),
        ("connect_rate", 5, 7),
        ("abandon_rate", 2, 7),
        ("avg_abandon_time", 300 + 60, 2),
        ("avg_speed_of_answer", 60 + 60 + 120 + 0 + 60, 5),
        ("avg_queue_time_all", 60 + 60 + 300 + 120 + 0 + 60 + 60, 7),
        ("service_level", 1, 5 + 2),
        ("queue_placement_rate", 2, 7),
        ("avg_handle_time", 540 + 1140 + 600 + 600, 4),
        ("satisfaction_score", 5 + 2 + 4 + 3, 4),
        ("good_rating_rate", 2, 4),
        ("rating_invitation_rate", 4, 5),
        ("first_contact_resolution_rate", 4, 5),
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


def test_titles_totals_and_dashes_are_no_sessions_and_nobody(home: PresetHome) -> None:
    agents = home.rows("select distinct agent_id from fct_contact_leg order by all")
    assert agents == [("张三",), ("李四",)]
    assert home.rows("select sum(records_ignored)::int from fct_file") == [(1,)]
    channels = home.rows("select channel, count(*)::int from fct_contact group by channel order by channel")
    assert channels == [("app", 4), ("web", 2), ("wechat", 1)]


@pytest.mark.parametrize("kpi_id", ["transfer_rate", "after_contact_work_time", "first_response_time", "occupancy"])
def test_what_the_export_does_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"
