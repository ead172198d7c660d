"""The parts of `make bench-daily` hold together without the hours that it takes; what a build spilled does not stay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from orchestration.defs.building import building
from orchestration.home.paths import Home
from orchestration.landing.taking import find_new_files
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.bench import daily
from tests.bench.page import PAGE, replace_section
from tests.support.land_home import LandHome

CHECKOUT = Path(__file__).parents[1]


def test_every_file_of_a_day_is_taken_whole(tmp_path: Path) -> None:
    home = LandHome(tmp_path, settings="time_zone: UTC")
    for number in range(2):
        daily.drop_day(home.home, daily.FIRST_DAY + timedelta(number))

    files = find_new_files(home.home, home.centre)
    taken = home.take_all()

    assert len(files) == 9
    assert {record.records_quarantined for record in taken.values()} == {0}
    assert home.rows("contacts").height == 2 * daily.CONTACTS_A_DAY


def test_each_file_of_a_home_is_counted_in_one_part_and_in_all(tmp_path: Path) -> None:
    for name in ("ledger/a", "history/b", "state/dagster/history/c", "state/dbt/d", "state/e", "site/f"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1234")

    found = daily.held(Home(tmp_path))

    assert found["all"] == daily.Held(6, 24)
    assert sum(part.files for name, part in found.items() if name != "all") == 6
    assert found["`state/dagster/`"] == daily.Held(1, 4)


def test_the_table_tells_the_growth_of_a_run_between_the_last_two_looks() -> None:
    seen = {runs: dict.fromkeys(daily.PARTS, daily.Held(runs, 10_000 * runs)) for runs in (10, 50, 100)}
    rows = daily.table(seen, [30.0, 40.0]).splitlines()
    assert "35 s each" in rows[0]
    assert rows[-1] == "| all | 10 | 0.10 | 50 | 0.50 | 100 | 1.00 | 10.0 |"


def test_the_page_of_benchmarks_and_the_makefile_have_it(tmp_path: Path) -> None:
    copy = tmp_path / "benchmarks.md"
    copy.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    replace_section("daily", "measured", copy)
    assert "<!-- begin daily -->\n\nmeasured\n\n<!-- end daily -->" in copy.read_text(encoding="utf-8")
    assert "-m tests.bench.daily" in (CHECKOUT / "Makefile").read_text(encoding="utf-8")


def test_what_a_killed_build_had_spilled_goes_with_the_next_one(tmp_path: Path) -> None:
    ensure_manifest()
    home = LandHome(tmp_path, settings="time_zone: UTC")
    home.home.create_folders()
    home.home.centre_file.write_text("name: X\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    (home.home.spill / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"spilled")
    (home.home.spill / "deeper").mkdir()
    with building(home.home, None):
        assert list(home.home.spill.iterdir()) == []
