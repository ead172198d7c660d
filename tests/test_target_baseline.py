"""The window that a band was set from, and what the KPI was in it: of a centre, team and agent; counts; no data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.people_cases import add_chat, add_member, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

WINDOW = {"baseline_from": "2026-01-01", "baseline_to": "2026-02-01"}
TARGETS = {
    "centre": {"kpi_id": "avg_contact_duration", "scope_kind": "default", "upper_bound": "400"},
    "north": {"kpi_id": "avg_contact_duration", "scope_kind": "team", "scope_id": "north", "upper_bound": "500"},
    "ann": {"kpi_id": "avg_contact_duration", "scope_kind": "agent", "scope_id": "ann", "upper_bound": "500"},
    "count": {"kpi_id": "contacts_handled", "scope_kind": "centre", "lower_bound": "2"},
    "empty": {"kpi_id": "good_rating_rate", "scope_kind": "centre", "lower_bound": "0.9"},
    "segment": {"kpi_id": "avg_contact_duration", "scope_kind": "default", "segment": "new", "upper_bound": "500"},
    "people": {"kpi_id": "monitoring_coverage_all", "scope_kind": "centre", "lower_bound": "0.9"},
    "peak": {"kpi_id": "max_concurrent_contacts", "scope_kind": "centre", "upper_bound": "5"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann talks 10 and 4 minutes in January, Bob 1; Ann's 20 minutes of the 1st of February lie after the window."""
    home = RawHome(tmp_path_factory.mktemp("baseline"), as_of=at("2026-03-10 12:00"))
    home.source("desk")
    add_member(home, "ann", "north", "2026-01-01")
    add_member(home, "bob", "south", "2026-01-01")
    add_chat(home, "c1", "ann", at("2026-01-01 09:00"), minutes=10)
    add_chat(home, "c2", "ann", at("2026-01-31 09:00"), minutes=4)
    add_chat(home, "c3", "bob", at("2026-01-15 09:00"), minutes=1)
    add_chat(home, "c4", "ann", at("2026-02-01 09:00"), minutes=20)
    plain = {"target_source": "internal", "target_version": "1"} | WINDOW
    rows = [{"target_id": name} | plain | target for name, target in TARGETS.items()]
    home.setting(
        "target_overrides", [*rows, {"target_id": "no-window"} | plain | TARGETS["ann"] | dict.fromkeys(WINDOW)]
    )
    home.build("fct_target_baseline")
    return home.folder


def told(folder: Path) -> dict[str, tuple[Any, ...]]:
    with open_warehouse(folder) as connection:
        rows = connection.execute(
            "select target_id, scope_kind, scope_id, numerator, denominator, value from scorecard.fct_target_baseline"
        ).fetchall()
    return {row[0]: row[1:] for row in rows}


def test_a_default_band_has_the_value_of_the_centre_within_the_window_alone(folder: Path) -> None:
    assert told(folder)["centre"] == ("centre", "centre", Decimal(900), Decimal(3), 300.0)


def test_a_band_of_a_team_or_an_agent_has_their_own_value(folder: Path) -> None:
    assert told(folder)["north"] == ("team", "north", Decimal(840), Decimal(2), 420.0)
    assert told(folder)["ann"] == ("agent", "ann", Decimal(840), Decimal(2), 420.0)


def test_a_count_has_no_denominator(folder: Path) -> None:
    assert told(folder)["count"] == ("centre", "centre", Decimal(3), None, 3.0)


def test_a_window_without_cases_is_no_data_and_not_zero(folder: Path) -> None:
    assert told(folder)["empty"] == ("centre", "centre", Decimal(0), Decimal(0), None)


def test_what_does_not_add_up_over_days_and_bands_without_a_window_have_no_row(folder: Path) -> None:
    assert told(folder).keys() == {"centre", "north", "ann", "count", "empty"}
