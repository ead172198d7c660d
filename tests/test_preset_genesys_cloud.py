"""Eight conversations of Genesys Cloud with their known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.land_home import LandHome
from tests.support.preset_home import FIXTURES, PresetHome


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("genesys") / "home", "genesys_cloud", "Europe/Berlin")


# g1: Ann did not answer, Bo did after 20 s, 120 + 120 s with a hold of 30 s between, 30 s wrap-up. g2: the same number
# gave up after 45 s, while Ann's phone rang. g3: Ann after 10 s, 120 s, passed on, 20 s wrap-up; Bo after 30 s, 180 s,
# 10 s wrap-up. g9: to voicemail after 90 s. g7: never left the menu. g8: a chat, Bo after 11 s, 300 s.
# Outbound by Ann: g5 60 s and 8 s wrap-up, g6 in vain.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 5, None),  # g1, g2, g3, g8, g9
        ("connect_rate", 3 + 1, 5 + 2),
        ("abandon_rate", 1, 5),
        ("service_level", 3, 3 + 1),
        ("avg_speed_of_answer", 20 + 10 + 11, 3),
        ("avg_queue_time", 20 + 45 + 10 + 90 + 11, 5),
        ("avg_abandon_time", 45, 1),
        ("queue_placement_rate", 1, 5),  # g9
        ("contacts_handled", 4, None),
        ("avg_handle_time", (240 + 30 + 30) + (120 + 20) + (180 + 10) + (60 + 8) + 300, 5),
        ("after_contact_work_time", 30 + 20 + 10 + 8, 3),
        ("avg_contact_duration", 270 + 330 + 60 + 300, 4),
        ("transfer_rate_blind", 1, 4),
        ("first_contact_resolution_rate", 2, 3),  # who had g1 called again with g2
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


@pytest.mark.slow
def test_a_hold_makes_no_second_leg_and_an_unanswered_ringing_none(home: PresetHome) -> None:
    legs = home.rows(
        "select contact_id, agent_id, hold_seconds::int from fct_contact_leg where contact_id in ('g1', 'g2')"
    )
    assert legs == [("g1", "u-bo", 30)]


@pytest.mark.slow
def test_agents_answer_for_what_rang_at_them(home: PresetHome) -> None:
    lost = home.rows(
        "select split_part(contact_key, '/', 2) as contact_id, connects from fct_agent_offer"
        " where agent_id = 'u-ann' order by contact_id"
    )
    assert lost == [("g1", 0), ("g2", 0)]
    assert home.kpi("connect_rate", "agent", "u-ann") == (2, 4)  # g3 and g5


@pytest.mark.slow
def test_names_are_those_of_users_and_queues(home: PresetHome) -> None:
    named = home.rows(
        "select scope_kind, scope_name from dim_scope where scope_kind in ('agent', 'queue') order by all"
    )
    assert named == [("agent", "Ann"), ("agent", "Bo"), ("queue", "Sales"), ("queue", "Tech")]
    assert home.kpi("contacts_handled", "channel", "web") == (1, None)


@pytest.mark.slow
@pytest.mark.parametrize("kpi_id", ["occupancy", "first_response_time", "satisfaction_score", "agent_turnover_rate"])
def test_what_conversation_details_do_not_tell_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"


def test_what_only_some_conversations_have_is_no_remark_where_none_has_it(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources="- {name: desk, preset: genesys_cloud}")
    # Of voice alone: nobody in it is a contact of the customers' book.
    record = home.take("conversations.json", (FIXTURES / "genesys_cloud" / "conversations_page_1.json").read_bytes())
    assert (record.records_quarantined, home.findings()) == (0, [])
