"""One stage of the benchmark as a process of its own, so that its time and peak memory are its own.

Usage: `python -m tests.bench.stage make|sample|take|build|publish|pages|yardstick HOME`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb

from orchestration.centre import load_centre
from orchestration.defs.building import building
from orchestration.demo import write_demo
from orchestration.demo.write import write_bench_centre
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.landing.take import take_days
from orchestration.site.publisher import write_site
from orchestration.warehouse.build_environment import build_environment
from orchestration.warehouse.contracts import Contracts
from orchestration.warehouse.dbt_project import PROJECT, dbt_executable
from orchestration.warehouse.publish import publish

YARDSTICK = Path(__file__).with_name("yardstick.sql")


def make(home: Home) -> None:
    """Write the landing files of the centre that is measured; the sizes come from the environment."""
    contacts = int(os.environ.get("SCOREHOUSE_BENCH_CONTACTS", "1000000"))
    write_bench_centre(
        home,
        agents=int(os.environ.get("SCOREHOUSE_BENCH_AGENTS", "500")),
        contacts=contacts,
        messages=20 * contacts,
    )
    home.create_folders()
    # What is measured is a night's run: dbt's graph stands there since the first one.
    _dbt(home, "parse")


def sample(home: Home) -> None:
    """Write the landing files of the sample centre: more than a year of them, unless the environment says otherwise."""
    write_demo(
        home,
        agents=int(os.environ.get("SCOREHOUSE_BENCH_YEAR_AGENTS", "40")),
        days=int(os.environ.get("SCOREHOUSE_BENCH_DAYS", "400")),
        until=date(2026, 4, 16),
    )


def take(home: Home) -> None:
    """Read, validate and write as Parquet every landing file."""
    home.create_folders()
    taken = take_days(home, load_centre(home), date.min, date.max)
    if taken.failed:
        raise SystemExit(f"files failed: {taken.failed}")


def build(home: Home) -> None:
    """Build all models and run all data tests, as a run does."""
    with building(home, None, whole=True) as arguments, build_environment(home, Contracts(home)):
        _dbt(home, *arguments)


def pages(home: Home) -> None:
    """Write the data of the pages of everybody and of every audience."""
    write_site(home, load_centre(home))


def yardstick(home: Home) -> None:
    """Run the hand-written script over the same landing files."""
    database = home.state / "yardstick.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("set variable landing = $1", [str(home.landing)])
        connection.execute("set variable zone = $1", [load_centre(home).time_zone])
        connection.execute(YARDSTICK.read_text(encoding="utf-8"))


def _dbt(home: Home, *arguments: str) -> None:
    environment = os.environ | {HOME_VARIABLE: str(home.root)}
    project = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    logs = ["--target-path", str(home.dbt_state / "target"), "--log-path", str(home.dbt_state / "logs")]
    subprocess.run([dbt_executable(), *arguments, *project, *logs], env=environment, check=True)


STAGES = {
    "make": make,
    "sample": sample,
    "take": take,
    "build": build,
    "publish": publish,
    "pages": pages,
    "yardstick": yardstick,
}

if __name__ == "__main__":
    STAGES[sys.argv[1]](Home(Path(sys.argv[2])))
