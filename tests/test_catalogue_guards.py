"""A damaged catalogue stops the build, and the message names the row and the reason."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.support.catalogue_tables import GUARDS, load_seeds, run_guard

ALL_GUARDS = sorted(path.stem for path in GUARDS.glob("*.sql"))


@pytest.fixture(scope="module")
def shipped() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_seeds(connection)
        yield connection


@pytest.fixture
def catalogue(shipped: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend the catalogue as shipped; whatever a test does to it is undone."""
    shipped.begin()
    yield shipped
    shipped.rollback()


@pytest.mark.parametrize("guard", ALL_GUARDS)
def test_the_catalogue_as_shipped_passes(catalogue: duckdb.DuckDBPyConnection, guard: str) -> None:
    run_guard(catalogue, guard)


OVERRIDE = "insert into stg_target_override by name select '{id}' as target_id, {columns}"

DAMAGES = [
    (
        "assert_kpis_name_measures_that_exist",
        "update kpis set denominator_measure = 'calls' where kpi_id = 'connect_rate'",
        'kpis.csv, connect_rate: denominator_measure "calls" is not in measures.csv',
    ),
    (
        "assert_kpis_name_measures_that_exist",
        "update kpis set square_measure = 'stars_cubed' where kpi_id = 'satisfaction_score'",
        'kpis.csv, satisfaction_score: square_measure "stars_cubed" is not in measures.csv',
    ),
    (
        "assert_bands_are_ordered",
        "update kpi_targets set lower_bound = 100 where kpi_id = 'avg_queue_time'",
        "target default-avg-queue-time: lower_bound 100.0 is above upper_bound 90.0",
    ),
    (
        "assert_bands_are_ordered",
        "update kpis set alarm_upper = 500 where kpi_id = 'avg_contact_duration'",
        "target default-avg-contact-duration: the alarm limits 153.0 to 500.0 lie inside the band",
    ),
    (
        "assert_bands_are_ordered",
        "update kpi_targets set stretch = 0.4 where kpi_id = 'agent_turnover_rate'",
        "target default-agent-turnover-rate: stretch 0.4 lies outside the band",
    ),
    (
        "assert_bands_are_ordered",
        OVERRIDE.format(
            id="spring",
            columns="'connect_rate' as kpi_id, date '2026-05-01' as valid_from, date '2026-05-01' as valid_to",
        ),
        "centre.yaml, target spring: valid_from 2026-05-01 is not before valid_to 2026-05-01",
    ),
    (
        "assert_directions_fit_their_bands",
        "update kpis set direction = 'lower' where kpi_id = 'connect_rate'",
        "target default-connect-rate: direction lower of connect_rate does not fit a band with a lower end only",
    ),
    (
        "assert_directions_fit_their_bands",
        "update kpis set direction = 'none' where kpi_id = 'avg_response_time'",
        "direction none of avg_response_time does not fit a band with both ends",
    ),
    (
        "assert_directions_fit_their_bands",
        "update kpis set pleasant_side = 'low' where kpi_id = 'transfer_rate'",
        "kpis.csv, target transfer_rate: pleasant_side low belongs to a two-sided band, direction is lower",
    ),
    (
        "assert_no_two_targets_tie",
        "insert into kpi_targets select * replace ('twin' as target_id) from kpi_targets"
        " where kpi_id = 'transfer_rate'",
        "kpi_targets.csv, target default-transfer-rate: ties with twin on transfer_rate",
    ),
    (
        "assert_targets_name_known_kpis_and_scopes",
        OVERRIDE.format(
            id="desk", columns="'connect_rate' as kpi_id, 'desk' as scope_kind, 'd1' as scope_id, 0.9 as lower_bound"
        ),
        'centre.yaml, target desk: scope_kind "desk" is unknown',
    ),
    (
        "assert_targets_name_known_kpis_and_scopes",
        OVERRIDE.format(id="q", columns="'occupancy' as kpi_id, 'queue' as scope_kind, 'q1' as scope_id"),
        "centre.yaml, target q: occupancy has no values in scope queue",
    ),
    (
        "assert_targets_name_known_kpis_and_scopes",
        "update kpi_targets set kpi_id = 'connection_rate' where kpi_id = 'connect_rate'",
        'target default-connect-rate: kpi_id "connection_rate" is not in kpis.csv',
    ),
    (
        "assert_kpis_use_known_words",
        "update kpis set scopes = 'agent|desk' where kpi_id = 'connect_rate'",
        'kpis.csv, connect_rate: scopes "desk" is unknown',
    ),
    (
        "assert_kpis_use_known_words",
        "update kpis set direction = 'up' where kpi_id = 'connect_rate'",
        'kpis.csv, connect_rate: direction "up" is unknown; known are higher|lower|band|none',
    ),
    (
        "assert_kpis_use_known_words",
        "update kpis set interval_kind = null where kpi_id = 'connect_rate'",
        "kpis.csv, connect_rate: interval_kind is empty; known are wilson|normal|none",
    ),
    (
        "assert_kpis_use_known_words",
        "update kpis set period_kinds = 'week|decade' where kpi_id = 'connect_rate'",
        'kpis.csv, connect_rate: period_kinds "decade" is unknown; known are day|week|month',
    ),
    (
        "assert_kpis_use_known_words",
        "update kpis set requires_settings = 'as_of|meeting_habit' where kpi_id = 'connect_rate'",
        'kpis.csv, connect_rate: requires_settings "meeting_habit" is unknown; known are ',
    ),
    (
        "assert_actions_name_known_kpis_and_sides",
        "update kpi_actions set side = 'left' where action_id = '03-1'",
        'kpi_actions.csv, 03-1: side "left" is none of below, above, both',
    ),
]


@pytest.mark.parametrize(("guard", "damage", "message"), DAMAGES)
def test_damage_is_named_with_its_row_and_reason(
    catalogue: duckdb.DuckDBPyConnection, guard: str, damage: str, message: str
) -> None:
    catalogue.execute(damage)
    with pytest.raises(duckdb.Error) as raised:
        run_guard(catalogue, guard)
    assert message in str(raised.value)


def test_overrides_that_follow_one_another_do_not_tie(catalogue: duckdb.DuckDBPyConnection) -> None:
    for target_id, valid_from, valid_to in (("h1", "2026-01-01", "2026-07-01"), ("h2", "2026-07-01", None)):
        catalogue.execute(
            "insert into stg_target_override by name select ? as target_id, 'connect_rate' as kpi_id,"
            " 'team' as scope_kind, 't1' as scope_id, 0.9 as lower_bound, ?::date as valid_from, ?::date as valid_to",
            [target_id, valid_from, valid_to],
        )
    run_guard(catalogue, "assert_no_two_targets_tie")
    catalogue.execute("update stg_target_override set valid_to = date '2026-07-02' where target_id = 'h1'")
    with pytest.raises(duckdb.Error, match="target h1: ties with h2"):
        run_guard(catalogue, "assert_no_two_targets_tie")


def test_a_row_of_the_centre_beats_the_seed_and_does_not_tie_with_it(catalogue: duckdb.DuckDBPyConnection) -> None:
    catalogue.execute(
        "insert into stg_target_override select * replace ('own' as target_id) from kpi_targets"
        " where kpi_id = 'connect_rate'"
    )
    run_guard(catalogue, "assert_no_two_targets_tie")


def test_a_segment_without_bounds_takes_the_band_away(catalogue: duckdb.DuckDBPyConnection) -> None:
    rows = catalogue.execute("select lower_bound, upper_bound from kpi_targets where segment = 'voice'").fetchall()
    assert rows == [(None, None)]
    run_guard(catalogue, "assert_directions_fit_their_bands")
