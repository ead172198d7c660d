"""Bands that a setting of the centre moves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.raw_rows import RawHome


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    """A centre that lets the message ratio differ by a half, and has a band of its own for the web."""
    home = RawHome(tmp_path_factory.mktemp("targets"), message_mix_tolerance="0.5")
    own = {"target_id": "web", "kpi_id": "message_mix_agent", "scope_kind": "channel", "scope_id": "web"}
    home.setting("target_overrides", [own | {"lower_bound": "0.4", "upper_bound": "0.5", "target_version": "7"}])
    home.build("dim_kpi_target")
    return home


def test_the_tolerance_of_the_message_ratio_makes_its_default_bands(home: RawHome) -> None:
    rows = home.query(
        "select kpi_id, lower_bound, upper_bound, target_version from scorecard.dim_kpi_target "
        "where kpi_id like 'message_mix%' and scope_kind = 'default' order by 1"
    )
    # 3/7 and 1/7, less and more a half of it.
    side = (Decimal("0.2143"), Decimal("0.6429"), "1, tolerance 0.5")
    system = (Decimal("0.0714"), Decimal("0.2143"), "1, tolerance 0.5")
    assert rows == [("message_mix_agent", *side), ("message_mix_customer", *side), ("message_mix_system", *system)]


def test_a_band_that_the_centre_wrote_itself_stays_as_written(home: RawHome) -> None:
    rows = home.query(
        "select lower_bound, upper_bound, target_version from scorecard.dim_kpi_target where target_id = 'web'"
    )
    assert rows == [(Decimal("0.4"), Decimal("0.5"), "7")]


def test_other_bands_do_not_depend_on_it(home: RawHome) -> None:
    rows = home.query(
        "select lower_bound, upper_bound, target_version from scorecard.dim_kpi_target "
        "where kpi_id = 'first_response_time' and scope_kind = 'default' and segment = ''"
    )
    assert rows == [(Decimal(15), Decimal(30), "1")]
