"""`make bench-pages`: times the writing of the pages' data of a large centre, and its first chart in a cold browser.

Writes the table into docs/benchmarks.md, between the marks of its section. `SCOREHOUSE_BENCH_SAMPLE` may name a
published file of the sample centre that is there already.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.demo import write_demo
from orchestration.home.paths import Home
from orchestration.run.run import run
from orchestration.site.shell import ensure_shell, install_shell
from tests.bench.page import replace_section
from tests.bench.run import machine
from tests.bench.site_browser import Opening, open_cold
from tests.bench.site_published import Growth, grow

COPIES = int(os.environ.get("SCOREHOUSE_BENCH_COPIES", "36"))
"""Of the sample's 28 agents: 1,008."""
DAYS = int(os.environ.get("SCOREHOUSE_BENCH_DAYS", "400"))
DRILL_DAYS = 35


@dataclass(frozen=True)
class Written:
    """One write: wall and processor seconds, files and bytes that were new, the most bytes of memory held."""

    name: str
    seconds: float
    cpu_seconds: float
    files: int
    bytes: int
    peak: int


def measure(name: str, home: Home, drill_days: int) -> Written:
    """Write the data of the home's site in a process of its own and read the system's accounting of it."""
    command = [sys.executable, "-m", "tests.bench.site_stage", str(home.root), str(drill_days)]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{name} failed")
    result = json.loads(said.splitlines()[-1])
    cpu = usage.ru_utime + usage.ru_stime
    seconds = time.monotonic() - started
    return Written(name, seconds, cpu, result["files"], result["bytes"], result["peak"])


def sample_file(folder: Path) -> Path:
    """The published file of the sample centre, made if none is named."""
    named = os.environ.get("SCOREHOUSE_BENCH_SAMPLE")
    if named:
        return Path(named)
    home = Home(folder / "sample")
    write_demo(home, agents=24, days=35, seed=7, until=date(2026, 4, 16), hostile=True)
    run(home, site=False)
    return home.published_file


def writes(home: Home, sample: Path) -> list[Written]:
    """Time a first write, one of the same data, and one with a day more; values alone, then with their records."""
    last_day = _last_day(sample)
    results = []
    for drill_days, told in ((0, "values"), (DRILL_DAYS, f"values and the records of {DRILL_DAYS} days")):
        part = Home(home.root / str(drill_days))
        grow(sample, part.published_file, Growth(COPIES, DAYS, last_day - timedelta(days=1)))
        results.append(measure(f"first write, {told}", part, drill_days))
        results.append(measure("the same data again", part, drill_days))
        grow(sample, part.published_file, Growth(COPIES, DAYS + 1, last_day))
        results.append(measure("a new day", part, drill_days))
    return results


def _last_day(sample: Path) -> date:
    with duckdb.connect(str(sample), read_only=True) as connection:
        row = connection.execute(
            "select max(period_start) from scorecard.fct_kpi_value where period_kind = 'day'"
        ).fetchone()
    assert row is not None
    return date.fromisoformat(str(row[0]))


def sizes(home: Home) -> str:
    """What the measured file holds, in words."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        agents, values, contacts = connection.execute(
            "select (select count(*) from scorecard.dim_scope where scope_kind = 'agent'), "
            "(select count(*) from scorecard.fct_kpi_value), (select count(*) from scorecard.fct_contact)"
        ).fetchall()[0]
    return f"{agents:,} agents, {DAYS} days, {values:,} values, {contacts:,} contacts in the last {DRILL_DAYS + 1} days"


def table(results: list[Written], openings: list[Opening], about: str) -> str:
    """The section of docs/benchmarks.md."""
    lines = [
        f"{about}; on {machine()}.",
        "",
        "| write | seconds | processor seconds | new files | new MB | peak memory |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {r.name} | {r.seconds:.1f} | {r.cpu_seconds:.1f} | {r.files:,} | {r.bytes / 1e6:,.0f} "
        f"| {r.peak / 2**30:.2f} GiB |"
        for r in results
    ]
    return "\n".join([*lines, "", openings_table(openings)])


def openings_table(openings: list[Opening]) -> str:
    """How long each page took until its first chart, and how much it loaded."""
    lines = [
        "| page, opened by a browser that has nothing of it yet | first chart | data | shell |",
        "|---|---:|---:|---:|",
    ]
    for path in dict.fromkeys(opening.path for opening in openings):
        of_path = [opening for opening in openings if opening.path == path]
        lines.append(
            f"| `{path}` | {statistics.median(o.first_chart_seconds for o in of_path):.2f} s "
            f"| {of_path[0].data_bytes / 1e6:.2f} MB | {of_path[0].shell_bytes / 1e6:.2f} MB |"
        )
    return "\n".join(lines)


def main() -> None:
    """Make the file, time the writes, open the pages, write the table."""
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-pages-") as folder:
        home = Home(Path(folder))
        results = writes(home, sample_file(home.root))
        shown = Home(home.root / str(DRILL_DAYS))
        install_shell(shown, ensure_shell())
        openings = open_cold(shown.site, ["/", "/agent/A0001-0", "/kpi/first_response_time"], times=5)
        text = table(results, openings, sizes(shown))
    replace_section("pages", text)
    print(text)


if __name__ == "__main__":
    main()
