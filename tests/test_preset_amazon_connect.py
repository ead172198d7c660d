"""Thirteen contact records of Amazon Connect with their known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import pytest

from tests.support.preset_home import PresetHome

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("connect") / "home", "amazon_connect", "America/New_York")


# Answered after a wait: c1 12 s, c3 8 s, c4 5 s, c9 (a chat) 30 s, c12 50 s in one queue and 10 s in the next.
# c2 gave up after 40 s, the flow sent c8 away after 300 s, c7 never reached a queue. c4 was passed on to Tech.
# Outbound: c5 answered, c6 not; c13 is the callback to the customer of c2.
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 7, None),  # c1, c2, c3, c4, c8, c9, c12
        ("connect_rate", 5 + 1 + 1, 7 + 2 + 1),
        ("abandon_rate", 1, 7),
        ("service_level", 3, 5 + 1),  # c1, c3, c4 of those answered and c2
        ("avg_speed_of_answer", 12 + 8 + 5 + 30 + 60, 5),
        ("avg_queue_time", 12 + 40 + 8 + 5 + 300 + 30 + 60, 7),
        ("avg_abandon_time", 40, 1),
        ("queue_placement_rate", 1, 7),  # c8; 60 s is not more than 60 s
        ("contacts_handled", 7, None),
        # c1 240 + hold 60 + work after it 45; c3 120 + 30; c4 110 + 30 and 200 + 20; c5 90; c9 300; c12 60; c13 48.
        ("avg_handle_time", 345 + 150 + 140 + 220 + 90 + 300 + 60 + 48, 8),
        ("after_contact_work_time", 45 + 30 + 30 + 20, 3),
        # c4 from kim's connection to lee's end; the callback from its making on.
        ("avg_contact_duration", 300 + 120 + 335 + 90 + 300 + 60 + 60, 7),
        ("transfer_rate", 1, 7),
        ("first_contact_resolution_rate", 3, 4),  # of c1, c3, c4, c12; the customer of c1 called again (c8)
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


def test_each_agent_of_a_transfer_has_his_own_part_and_each_queue_its_wait(home: PresetHome) -> None:
    assert home.kpi("transfer_rate", "agent", "kim") == (1, 5)  # c1, c4, c5, c9, c13
    assert home.kpi("avg_handle_time", "agent", "lee") == (150 + 220 + 60, 3)
    visits = home.rows(
        "select queue_id, outcome, exit_reason, routed_wait_seconds::int from fct_queue_visit"
        " where contact_key like '%/c12' order by visit_number"
    )
    assert visits == [("Billing", "left", "overflow", 50), ("Tech", "connected", None, 10)]


def test_a_call_that_the_flow_ended_left_its_queue_and_one_without_a_queue_was_not_received(home: PresetHome) -> None:
    found = home.rows(
        "select contact_id, contacts_received, contacts_abandoned from fct_contact where contact_id in ('c7', 'c8')"
    )
    assert sorted(found) == [("c7", 0, 0), ("c8", 1, 0)]


def test_the_newer_copy_counts_tasks_and_listening_are_none(home: PresetHome) -> None:
    assert home.kpi("after_contact_work_time", "agent", "lee") == (30 + 20, 2)
    assert home.rows("select count(*) from fct_contact") == [(11,)]
    skipped = home.rows("select sum(records_ignored)::int from fct_file")
    assert skipped == [(2,)]


@pytest.mark.parametrize("kpi_id", ["occupancy", "satisfaction_score", "first_response_time", "agent_turnover_rate"])
def test_what_contact_records_do_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"
