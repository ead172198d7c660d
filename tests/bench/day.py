"""`make bench-day`: what one more landing day costs the sample centre after 30, 120 and 400 days of history.

`make bench-history`: the same of a centre of 1,000 agents after 400 days; takes the better part of a day.
Each home is built without its last landing day, and without a tenth of the contacts of three days of its past. Then the
day lands, and the night's run is measured; then the late tenth, and its run. Writes the table into docs/benchmarks.md.
`SCOREHOUSE_BENCH_HOME` may name an empty folder to work in, which is kept.
`SCOREHOUSE_BENCH_DAYS` makes other lengths, 30,60, `SCOREHOUSE_BENCH_AGENTS` a centre of another size.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import psutil

from orchestration.demo import write_demo
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.home.sql_text import text_literal
from tests.bench.page import replace_section
from tests.bench.run import machine

LAST_DAY = date(2026, 4, 16)
LENGTHS = (30, 120, 400)
AGENTS = 40
LATE_BEFORE = (7, 13, 19)
"""Days before the last whose contacts come late, to a tenth."""
LATE_SOURCE = "desk"
LATE_FILES = ("contacts", "contact_events", "messages")
LOOK_SECONDS = 0.1
"""How often the processor seconds of dbt are read, which are gone when it has ended."""


@dataclass(frozen=True)
class Cost:
    """One run: wall and processor seconds, those of dbt among them, and the peak memory in bytes of one process."""

    seconds: float
    processor_seconds: float
    dbt_seconds: float
    peak_bytes: int


def run_measured(home: Home) -> Cost:
    """Run the command line without pages, as a night's timer begins it."""
    command = [str(Path(sys.executable).with_name("scorehouse")), "run", "--no-site"]
    os.sync()
    started = time.monotonic()
    log = (home.root / "bench.log").open("a", encoding="utf-8")
    with log:
        process = subprocess.Popen(command, env=os.environ | {HOME_VARIABLE: str(home.root)}, stdout=log, stderr=log)
        dbt_seconds, ended = 0.0, 0
        while not ended:
            dbt_seconds = max(dbt_seconds, _of_dbt(process.pid))
            time.sleep(LOOK_SECONDS)
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"a run failed: {log.name}")
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, dbt_seconds, usage.ru_maxrss * 1024)


def _of_dbt(pid: int) -> float:
    """Return the processor seconds of the dbt that a process has begun, so far; 0 if there is none."""
    try:
        for child in psutil.Process(pid).children():
            if "build" in child.cmdline():
                times = child.cpu_times()
                return times.user + times.system
    except psutil.Error:
        pass
    return 0.0


def make(home: Home, agents: int, days: int, held: Path) -> Cost:
    """Make a home of so many days, but for what is held back, and build it: return what the first run cost."""
    write_demo(home, agents=agents, days=days, until=LAST_DAY)
    for source in sorted(home.landing.iterdir()):
        last = max(source.iterdir())
        shutil.move(last, held / "day" / source.name / last.name)
    for before in LATE_BEFORE:
        _hold_back(home.landing / LATE_SOURCE / str(LAST_DAY - timedelta(before)), held / "late", before)
    _settle(home.landing)
    return run_measured(home)


def _hold_back(folder: Path, held: Path, before: int) -> None:
    """Move a tenth of the contacts of a day, with all that is told of them, into files of their own."""
    with duckdb.connect() as connection:
        for name in LATE_FILES:
            [path] = folder.glob(f"{name}.csv*")
            rows = f"read_csv({text_literal(str(path))}, all_varchar = true)"
            late = held / LATE_SOURCE / str(LAST_DAY + timedelta(2)) / f"{name}_late_{before}.csv"
            late.parent.mkdir(parents=True, exist_ok=True)
            is_late = "hash(contact_id) % 10 = 0"
            connection.execute(f"copy (from {rows} where {is_late}) to {text_literal(str(late))} (header)")
            rest = folder / f"{name}.rest"
            connection.execute(f"copy (from {rows} where not {is_late}) to {text_literal(str(rest))} (header)")
            path.unlink()
            rest.rename(folder / f"{name}.csv")


def land(home: Home, held: Path) -> Cost:
    """Let what was held back land, and run."""
    shutil.copytree(held, home.landing, dirs_exist_ok=True)
    _settle(home.landing)
    return run_measured(home)


def _settle(folder: Path) -> None:
    # A file that changed within the last seconds would be waited for.
    settled = time.time() - 60
    for path in folder.rglob("*.csv*"):
        if path.stat().st_mtime > settled:
            os.utime(path, (settled, settled))


def table(agents: int, costs: dict[int, tuple[Cost, Cost, Cost]]) -> str:
    """The section of docs/benchmarks.md: a line per length of history."""
    lines = [
        f"{agents:,} agents, about {44.5 * agents:,.0f} contacts a day; on {machine()}.",
        "",
        "| days of history | first run | one more day | of it dbt's build | its wall time | its peak memory "
        "| a tenth of three days late | its peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for days, (first, day, late) in costs.items():
        lines.append(
            f"| {days} | {first.processor_seconds:,.0f} | {day.processor_seconds:,.0f} "
            f"| {day.dbt_seconds:,.0f} | {day.seconds:,.0f} s "
            f"| {day.peak_bytes / 2**30:.2f} GiB | {late.processor_seconds:,.0f} | {late.peak_bytes / 2**30:.2f} GiB |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure each length, the shortest first, and write what is known by then."""
    lengths = [int(days) for days in os.environ.get("SCOREHOUSE_BENCH_DAYS", "").split(",") if days] or LENGTHS
    agents = int(os.environ.get("SCOREHOUSE_BENCH_AGENTS", AGENTS))
    costs: dict[int, tuple[Cost, Cost, Cost]] = {}
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-day-") as made:
        folder = Path(os.environ.get("SCOREHOUSE_BENCH_HOME", made))
        for days in lengths:
            home, held = Home(folder / f"home{days}"), folder / f"held{days}"
            for name in ("day", "late"):
                (held / name).mkdir(parents=True, exist_ok=True)
            first = make(home, agents, days, held)
            costs[days] = (first, land(home, held / "day"), land(home, held / "late"))
            replace_section("day" if agents == AGENTS else "history", table(agents, costs))
            print(table(agents, costs), flush=True)


if __name__ == "__main__":
    main()
