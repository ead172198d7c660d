"""The parts of `make bench-year` hold together without the hours that it takes."""

from __future__ import annotations

from pathlib import Path

from orchestration.home.paths import Home
from tests.bench import stage, year
from tests.bench.page import PAGE, replace_section
from tests.bench.run import Measured
from tests.bench.site import openings_table
from tests.bench.site_browser import Opening
from tests.support.site_published import write_published

CHECKOUT = Path(__file__).parents[1]


def test_every_stage_is_one_that_can_be_run_by_itself() -> None:
    assert set(year.STAGES) <= set(stage.STAGES)
    assert "-m tests.bench.year" in (CHECKOUT / "Makefile").read_text(encoding="utf-8")


def test_the_stages_stand_in_the_table_with_their_sum_and_the_highest_peak() -> None:
    rows = year.table([Measured("take", 90.04, 2**30), Measured("build", 1410, 3 * 2**30)], "40 agents").splitlines()
    assert rows[0].startswith("40 agents; on ")
    assert rows[-3:] == [
        "| `take` | 90.0 | 1.00 GiB |",
        "| `build` | 1,410.0 | 3.00 GiB |",
        "| all | 1,500.0 | 3.00 GiB |",
    ]


def test_of_several_openings_of_a_page_the_middle_one_is_told() -> None:
    opened = [Opening("/", seconds, 2_000_000, 500_000) for seconds in (1.5, 9.0, 1.2)]
    assert openings_table(opened).splitlines()[-1] == "| `/` | 1.50 s | 2.00 MB | 0.50 MB |"


def test_sizes_and_pages_are_read_from_the_published_file(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_published(home.published_file, agents=3, days=20)
    assert year.sizes(home).startswith(
        "3 agents (with those who came and left), 20 days, 1 files with 12 records, 200 "
    )
    assert year.pages(home)[:3] == ["/", "/centre", "/agent/a1"]


def test_the_page_of_benchmarks_has_the_section(tmp_path: Path) -> None:
    copy = tmp_path / "benchmarks.md"
    copy.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    replace_section("year", "measured", copy)
    assert "<!-- begin year -->\n\nmeasured\n\n<!-- end year -->" in copy.read_text(encoding="utf-8")
