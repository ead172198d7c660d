"""Every data test of dbt can fail: over the built sample centre it finds nothing, and finds one row that is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orchestration.home.paths import Home
from tests.support.catalogue_tables import seed_rows
from tests.support.identity_breaks import BREAKS
from tests.support.identity_warehouse import Change, SeenWarehouse, changed, identities

CASES = [(name, change) for name, changes in BREAKS.items() for change in changes]
OF_TEAMS = {row["measure"] for row in seed_rows("measures") if row["facts"] == "fct_team_record"}
FORECAST = {row["measure"] for row in seed_rows("measures") if row["facts"] == "fct_forecast_interval"}
# Of these no agent has any, so they are the centre's and the channels' alone, or a team's.
NOBODYS = {"visitors", "customer_days"} | OF_TEAMS | FORECAST


@pytest.fixture(scope="module")
def warehouse(sample_home: Home) -> Iterator[SeenWarehouse]:
    seen = SeenWarehouse(sample_home)
    yield seen
    seen.connection.close()


def test_every_data_test_has_a_wrong_row_that_it_must_find() -> None:
    assert {name for name, changes in BREAKS.items() if changes} == set(identities())


@pytest.mark.slow
@pytest.mark.parametrize("name", identities())
def test_a_sound_warehouse_breaks_nothing(warehouse: SeenWarehouse, name: str) -> None:
    assert warehouse.findings(identities()[name]) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "change"), CASES, ids=[f"{name}: {change}" for name, change in CASES])
def test_one_wrong_row_is_found(warehouse: SeenWarehouse, name: str, change: Change) -> None:
    with warehouse.broken(change):
        assert warehouse.findings(identities()[name]) != []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "scope_kind", "nobodys"),
    [
        ("assert_agents_add_up_to_their_teams", "team", OF_TEAMS | FORECAST),
        ("assert_agents_and_unknown_agents_add_up_to_the_centre", "centre", NOBODYS),
        ("assert_top_teams_and_agents_without_team_add_up_to_the_centre", "centre", NOBODYS),
    ],
)
def test_every_measure_that_adds_up_is_held(
    warehouse: SeenWarehouse, name: str, scope_kind: str, nobodys: set[str]
) -> None:
    rows = warehouse.connection.execute(
        "select measure from seen.dim_measure where not counts_contacts and rollup = 'sum'"
    ).fetchall()
    additive = {measure for (measure,) in rows}
    where = f"kpi_group = '' and scope_kind = '{scope_kind}' and handled_legs > 0"
    all_one_more = changed("int_measure__scope_day", where, **{measure: f"{measure} + 1" for measure in additive})
    with warehouse.broken(all_one_more):
        found = warehouse.findings(identities()[name])
    assert {row["measure"] for row in found} == additive - nobodys
