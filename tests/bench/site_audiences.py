"""`make bench-audiences`: times the writing of a site for every team and for every agent of a large centre.

Writes the table into docs/benchmarks.md, between the marks of its section. `SCOREHOUSE_BENCH_SAMPLE` may name a
published file of the sample centre that is there already, `SCOREHOUSE_BENCH_READERS` how many of the teams and of the
agents get a site at most.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from orchestration.centre.settings import Thresholds
from orchestration.home.paths import Home
from orchestration.site.store.dates import read_dates
from tests.bench.page import replace_section
from tests.bench.run import machine
from tests.bench.site import COPIES, DAYS, DRILL_DAYS, sample_file, sizes
from tests.bench.site_published import Growth, grow

READERS = int(os.environ.get("SCOREHOUSE_BENCH_READERS", "1000000"))
"""At most so many teams, and so many agents, get a site."""


@dataclass(frozen=True)
class Written:
    """One write of the sites of all teams or agents, without that of everybody: `once` are processor seconds that no
    single site takes, files and bytes those that were new.
    """

    name: str
    sites: int
    seconds: float
    cpu_seconds: float
    once: float
    files: int
    bytes: int
    peak: int


def measure(name: str, home: Home, scope: str, drill_days: int) -> Written:
    """Write the sites of all teams or all agents, in a process of its own, and read what it says of itself."""
    stage = ["tests.bench.site_audiences_stage", str(home.root), scope, str(READERS), str(drill_days)]
    return Written(f"{scope}s, {name}", **_said(stage))


def writes(home: Home, sample: Path, drill_days: int) -> list[Written]:
    """Time a first write, one of the same data and one with a day more."""
    day = read_dates(sample, Thresholds()).last_day
    results = []
    for days, names in ((DAYS, ("first write", "the same data again")), (DAYS + 1, ("a new day",))):
        grow(sample, home.published_file, Growth(COPIES, days, day - timedelta(days=DAYS + 1 - days)))
        _said(["tests.bench.site_stage", str(home.root), str(drill_days)])
        results += [measure(name, home, scope, drill_days) for scope in ("team", "agent") for name in names]
    return results


def _said(stage: list[str]) -> dict[str, Any]:
    ended = subprocess.run([sys.executable, "-m", *stage], stdout=subprocess.PIPE, text=True, check=True)
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def table(by_days: dict[int, list[Written]], about: str) -> str:
    """The section of docs/benchmarks.md. `by_days` has the writes by the number of days with records."""
    lines = [
        f"{about}; on {machine()}. `once` is the part of the processor seconds that goes into what all sites share."
    ]
    for days, results in by_days.items():
        lines += [
            "",
            f"Values and the records of {days} days:" if days else "Values alone:",
            "",
            "| write | sites | seconds | processor seconds | once | each | new files each | new MB each | peak |",
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        ]
        lines += [_line(result) for result in results]
    return "\n".join(lines)


def _line(r: Written) -> str:
    each = (r.cpu_seconds - r.once) / r.sites
    return (
        f"| {r.name} | {r.sites:,} | {r.seconds:.1f} | {r.cpu_seconds:.1f} | {r.once:.1f} | {each:.2f} "
        f"| {r.files / r.sites:,.0f} | {r.bytes / r.sites / 1e6:.1f} | {r.peak / 2**30:.2f} GiB |"
    )


def main() -> None:
    """Make the file, time the writes, write the table. A home is dropped before the next one: each takes 5 to 10 GB."""
    by_days: dict[int, list[Written]] = {}
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-audiences-") as folder:
        sample = sample_file(Path(folder))
        for days in (0, DRILL_DAYS):
            home = Home(Path(folder) / str(days))
            by_days[days] = writes(home, sample, days)
            about = sizes(home)
            shutil.rmtree(home.root)
    text = table(by_days, about)
    replace_section("audiences", text)
    print(text)


if __name__ == "__main__":
    main()
