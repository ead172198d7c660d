"""Both sides of a rate cover the same agents, days and contacts: files in, published values out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.kpi_values import PublishedValues
from tests.support.rates_home import build_rates_home

pytestmark = pytest.mark.slow

Ask = Callable[..., dict[str, Any]]
HalfHours = dict[str, tuple[float, float | None, float]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedValues]:
    values = PublishedValues.open(build_rates_home(tmp_path_factory.mktemp("rates")).published_file)
    values.connection.execute("set TimeZone = 'Europe/Berlin'")
    yield values
    values.connection.close()


@pytest.fixture(scope="module")
def ask(published: PublishedValues) -> Ask:
    def ask(kpi_id: str, scope: str, day: str) -> dict[str, Any]:
        scope_kind, _, scope_id = scope.partition(" ")
        return published.row(kpi_id, scope_kind, scope_id or "centre", "day", day)

    return ask


def half_hours(published: PublishedValues, kpi_id: str, scope: str, day: str) -> HalfHours:
    """Numerator, denominator and value of the half-hours of a local date, by their clock."""
    scope_kind, _, scope_id = scope.partition(" ")
    rows = published.connection.execute(
        "select strftime(half_hour_started_at, '%H:%M'), numerator::double, denominator::double, value "
        "from scorecard.fct_kpi_half_hour where kpi_id = ? and scope_kind = ? and scope_id = ? "
        "and local_date = ?::date order by 1",
        [kpi_id, scope_kind, scope_id or "centre", day],
    ).fetchall()
    return {clock: (above, below, value) for clock, above, below, value in rows}


ABOVE_THE_AGENT = ("centre", "channel voice", "queue Q3", "team TX", "team T0", "team_channel TX|voice")


@pytest.mark.parametrize("scope", ABOVE_THE_AGENT)
def test_a_contact_passed_there_and_back_lasts_as_long_in_every_scope_above_the_agent(ask: Ask, scope: str) -> None:
    row = ask("avg_contact_duration", scope, "2025-11-05")
    # From 10:00:30 to 10:08:00, the ways between the agents included.
    assert (row["value"], row["numerator"], row["denominator"], row["n"]) == (450, 450, 1, 1)


def test_an_agent_s_contact_duration_is_that_of_his_legs(ask: Ask) -> None:
    a, b = (ask("avg_contact_duration", f"agent {agent}", "2025-11-05") for agent in "AB")
    assert (a["numerator"], a["denominator"]) == (240, 2)
    assert (b["numerator"], b["denominator"]) == (180, 1)


@pytest.mark.parametrize("scope", ["centre", "queue Q4", "team TX", "team TY", "team T0", "team_channel TY|voice"])
def test_a_contact_of_two_teams_has_its_whole_duration_in_each(ask: Ask, scope: str) -> None:
    assert ask("avg_contact_duration", scope, "2025-11-08")["value"] == 300


@pytest.mark.parametrize("scope", ["centre", "queue Q5", "team TX", "team T0"])
def test_a_contact_lost_on_the_way_lasts_until_its_end_above_the_agent(ask: Ask, scope: str) -> None:
    assert ask("avg_contact_duration", scope, "2025-11-09")["value"] == 180
    assert ask("avg_contact_duration", "agent A", "2025-11-09")["value"] == 60


@pytest.mark.parametrize("scope", ["team TX", "team_channel TX|voice", "queue Q3", "centre"])
def test_the_median_of_contact_durations_is_a_contact_s(published: PublishedValues, scope: str) -> None:
    scope_kind, _, scope_id = scope.partition(" ")
    row = published.row("avg_contact_duration", scope_kind, scope_id or "centre", "day", "2025-11-05")
    assert row["p50"] == 450


@pytest.mark.parametrize("scope", ["agent HA", "team TH", "queue QH", "channel voice", "centre"])
def test_handle_time_is_over_legs_whose_end_is_known(ask: Ask, scope: str) -> None:
    row = ask("avg_handle_time", scope, "2025-11-07")
    # H1 alone: 300 s of talk and 60 s of wrap-up. Of H2 nobody knows how long it took.
    assert (row["numerator"], row["denominator"], row["n"], row["value"]) == (360, 1, 1, 360)
    assert (row["p50"], row["p90"]) == (360, 360)
    assert ask("contacts_handled", scope, "2025-11-07")["value"] == 2


@pytest.mark.parametrize("scope", ["agent E1", "team TE", "team T0", "centre"])
def test_contacts_per_hour_and_per_day_are_over_agents_whose_states_came(ask: Ask, scope: str) -> None:
    per_hour = ask("contacts_per_agent_hour", scope, "2025-11-06")
    assert (per_hour["numerator"], per_hour["denominator"], per_hour["value"]) == (8, 28800, 1.0)
    assert ask("contacts_per_agent_day", scope, "2025-11-06")["value"] == 8.0


@pytest.mark.parametrize(("scope", "days"), [("agent E1", 1), ("agent E2", 1), ("team TE", 2), ("centre", 2)])
def test_contacts_per_agent_day_are_over_every_day_of_work(ask: Ask, scope: str, days: int) -> None:
    row = ask("contacts_per_agent_day_raw", scope, "2025-11-06")
    assert (row["numerator"], row["denominator"], row["value"]) == (8 * days, days, 8.0)


@pytest.mark.parametrize("kpi_id", ["contacts_per_agent_hour", "contacts_per_agent_day", "occupancy", "utilisation"])
def test_an_agent_whose_states_did_not_come_has_no_value(ask: Ask, kpi_id: str) -> None:
    row = ask(kpi_id, "agent E2", "2025-11-06")
    assert (row["value"], row["status"], row["reason"], row["numerator"]) == (None, "no_data", "not_recorded", None)


@pytest.mark.parametrize("scope", ["agent E3", "team TM", "centre"])
def test_a_contact_taken_after_midnight_is_work_of_the_day_on_which_the_agent_was_there(ask: Ask, scope: str) -> None:
    assert ask("contacts_handled", scope, "2025-11-16")["value"] == 1
    assert ask("contacts_per_agent_hour", scope, "2025-11-16")["value"] is None
    row = ask("contacts_per_agent_hour", scope, "2025-11-17")
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 14400, 0.25)
    assert ask("contacts_per_agent_day_raw", scope, "2025-11-17")["value"] == 1.0


@pytest.mark.parametrize("kpi_id", ["repeat_contact_rate_24h", "repeat_contact_rate_72h"])
def test_the_centre_s_own_callback_is_no_customer_who_came_back(ask: Ask, kpi_id: str) -> None:
    # K1 was called back and never came again. K2 did: after his first call, and after the callback.
    row = ask(kpi_id, "centre", "2025-11-12")
    assert (row["numerator"], row["denominator"]) == (2, 5)


def test_opening_hours_in_the_repeated_hour_are_open_both_times(ask: Ask) -> None:
    assert ask("avg_queue_time", "channel app", "2025-10-26")["numerator"] == 60 + 1200 + 8400 + 40
    row = ask("avg_queue_time_business", "channel app", "2025-10-26")
    assert (row["numerator"], row["denominator"], row["value"]) == (60 + 1200 + 7200 + 40, 4, 2125)


def test_a_closing_at_the_repeated_hour_is_its_earlier_instant(ask: Ask) -> None:
    assert ask("avg_queue_time", "channel web", "2025-10-26")["value"] == 7200
    assert ask("avg_queue_time_business", "channel web", "2025-10-26")["value"] == 1800


def test_a_queue_s_half_hour_holds_the_visits_that_entered_in_it(published: PublishedValues) -> None:
    assert half_hours(published, "contacts_received", "queue QV", "2025-11-13") == {"09:00": (1, None, 1)}
    assert half_hours(published, "contacts_received", "queue QV", "2025-11-14") == {"00:00": (1, None, 1)}
    assert half_hours(published, "avg_queue_time", "queue QV", "2025-11-14") == {"00:00": (40, 1, 40)}
    # The contacts themselves came when they started.
    centre = half_hours(published, "contacts_received", "centre", "2025-11-13")
    assert centre == {"08:30": (1, None, 1), "23:30": (1, None, 1)}


STATES_OF_TWO = {
    # S1 is ready for 45 min from 09:00, 30 of them with a contact; S2 for 15 min from 09:15, then 30 min away.
    "agent S1": {"09:00": (1500, 1800), "09:30": (300, 900)},
    "agent S2": {"09:00": (0, 900), "09:30": (0, 1800)},
    "team TS": {"09:00": (1500, 2700), "09:30": (300, 2700)},
    "team T0": {"09:00": (1500, 2700), "09:30": (300, 2700)},
    "centre": {"09:00": (1500, 2700), "09:30": (300, 2700)},
}


@pytest.mark.parametrize("scope", STATES_OF_TWO)
def test_half_hours_tell_the_time_signed_in_of_agents_teams_and_centre(published: PublishedValues, scope: str) -> None:
    found = half_hours(published, "utilisation", scope, "2025-11-18")
    assert {clock: (above, below) for clock, (above, below, _) in found.items()} == STATES_OF_TWO[scope]


def test_half_hours_tell_the_time_available_of_agents_teams_and_centre(published: PublishedValues) -> None:
    # S1 is free for 5 min before the contact and 10 after it, S2 for his 15 min; away is neither free nor engaged.
    assert half_hours(published, "occupancy", "agent S1", "2025-11-18")["09:00"][:2] == (1500, 1800)
    assert half_hours(published, "occupancy", "agent S2", "2025-11-18") == {"09:00": (0, 900, 0.0)}
    for scope in ("team TS", "centre"):
        assert half_hours(published, "occupancy", scope, "2025-11-18")["09:00"][:2] == (1500, 2700)


def test_contacts_per_hour_by_the_half_hour_count_the_legs_begun_in_it(published: PublishedValues) -> None:
    for scope, below in (("agent S1", 1800), ("team TS", 2700), ("centre", 2700)):
        found = half_hours(published, "contacts_per_agent_hour", scope, "2025-11-18")
        assert found["09:00"] == (1, below, 3600 / below)
    # E2, without states, is in neither side.
    assert half_hours(published, "contacts_per_agent_hour", "centre", "2025-11-06")["09:00"] == (1, 1800, 2.0)
