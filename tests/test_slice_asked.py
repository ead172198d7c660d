"""Dates that a person asks for are built anew though nothing of them changed; what was broken of them is mended."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.defs.partitions import contact_dates
from orchestration.home.paths import Home
from orchestration.run.dates import DatesError, checked_dates
from orchestration.warehouse.slice.asked import AskedDates
from orchestration.warehouse.slice.parts import parts_of
from orchestration.warehouse.slice.plan import Basis, plan_build
from orchestration.warehouse.slice.state import SliceState
from tests.equality.homes import GrowingHome
from tests.equality.plain import DAYS, LAST, plain_home
from tests.support.compiled import write_tiny_centre
from tests.support.land_home import LandHome

BASIS = Basis("UTC", 7)
WINDOW = timedelta(8)
"""How long before a contact another one of its customer may lie that it says something of."""
BREAKS = {
    DAYS[3]: ("built_file", "update scorecard.fct_contact set channel = 'voice' where contact_date = ?"),
    DAYS[9]: ("built_file", "delete from scorecard.fct_contact where contact_date = ?"),
    DAYS[15]: ("kept_file", "delete from intermediate.int_kept__leg where contact_date = ?"),
    DAYS[21]: ("kept_file", "delete from intermediate.int_kept__contact where contact_date = ?"),
    DAYS[27]: ("kept_file", "delete from intermediate.int_kept__raw_date where contact_date = ?"),
}
"""What is done to a date by hand; so far from each other that none is mended with another one."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> GrowingHome:
    return plain_home(tmp_path_factory.mktemp("asked") / "home")


@pytest.fixture
def home(built: GrowingHome, tmp_path: Path) -> GrowingHome:
    """A copy of that home, to be changed."""
    shutil.copytree(built.root, tmp_path / "home", symlinks=True)
    return GrowingHome(tmp_path / "home", built.project)


def break_in_silence(home: GrowingHome) -> None:
    """Change rows behind the back of the product, so that no stamp of a file tells."""
    for day, (file, sql) in BREAKS.items():
        with duckdb.connect(str(getattr(home.home, file))) as connection:
            connection.execute(sql, [day])
    SliceState(home.home).remember(parts_of(home.home))


def test_dates_that_were_broken_by_hand_are_mended_when_they_are_asked_for_and_only_then(home: GrowingHome) -> None:
    break_in_silence(home)
    home.build()
    assert home.differences() != [], "what is broken is seen by nobody: nothing is tested"

    AskedDates(home.home).add(list(BREAKS)[:2])
    AskedDates(home.home).add(list(BREAKS)[2:])
    home.leave_killed(len(home.project.models) - 5)
    assert AskedDates(home.home).dates() == BREAKS.keys(), "a build that was cut off has made nothing"
    home.build()

    assert home.is_sliced
    assert AskedDates(home.home).dates() == frozenset()
    assert home.differences() == []


def test_dates_that_are_asked_for_are_built_with_those_before_that_look_ahead_to_them(home: GrowingHome) -> None:
    AskedDates(home.home).add([DAYS[10], DAYS[20]])
    plan = plan_build(home.home, BASIS)
    assert plan.chosen is not None
    near = {day for day in DAYS if any(timedelta(0) <= asked - day <= WINDOW for asked in (DAYS[10], DAYS[20]))}
    assert {day for day in plan.chosen.dates if day in DAYS} == near
    assert f"{DAYS[10] - timedelta(6)} to" in str(plan)
    assert str(plan).endswith("; 2 of them were asked for; the others stay as they are.")


def test_a_record_of_asked_dates_that_is_cut_asks_for_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    AskedDates(home).add([DAYS[15]])
    (home.state / "slice" / "asked.json").write_text('{"dates": ["2026-')
    assert AskedDates(home).dates() == frozenset()
    (home.state / "slice" / "asked.json").write_text('{"dates": [7]}')
    assert AskedDates(home).dates() == frozenset()


def test_dagster_offers_the_dates_that_the_last_build_reached(built: GrowingHome, tmp_path: Path) -> None:
    days = contact_dates(built.home).get_partition_keys()
    assert (days[0], days[-1]) == (DAYS[0].isoformat(), LAST.isoformat())
    assert len(contact_dates(Home(tmp_path)).get_partition_keys()) == 1


def test_dates_without_a_build_or_beyond_the_data_are_told(built: GrowingHome, tmp_path: Path) -> None:
    centre = LandHome(built.root, settings="time_zone: UTC").centre
    assert checked_dates(built.home, centre, (DAYS[0], LAST)) == (DAYS[0], LAST)
    with pytest.raises(DatesError, match=r"lie on 2026-01-01 to 2026-03-30\. Remedy"):
        checked_dates(built.home, centre, (DAYS[0], date(2027, 1, 1)))
    write_tiny_centre(tmp_path)
    with pytest.raises(DatesError, match="nothing is built yet"):
        checked_dates(Home(tmp_path), centre, (DAYS[0], DAYS[1]))
