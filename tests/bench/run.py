"""`make bench`: times the way of a large centre's data beside one hand-written DuckDB script over the same files.

Writes the table into docs/benchmarks.md, between the marks of its section.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil

from orchestration.home.paths import Home
from tests.bench.page import replace_section

STAGES = ("yardstick", "take", "yardstick", "build", "publish", "yardstick")
"""The script runs before, in between and after: a machine whose speed drifts meanwhile would favour one side."""


@dataclass(frozen=True)
class Measured:
    """One stage: wall seconds and peak memory in bytes of its largest process."""

    stage: str
    seconds: float
    peak_bytes: int


def measure(stage: str, home: Home) -> Measured:
    """Run a stage in a process of its own and read the system's accounting of it.

    What earlier stages wrote is on the disk by then, so that no stage waits for another's writing.
    """
    os.sync()
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.stage", stage, str(home.root)])
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"stage {stage} failed")
    return Measured(stage, time.monotonic() - started, usage.ru_maxrss * 1024)


def sizes(home: Home) -> tuple[int, int, int]:
    """Contacts, messages and all records of the measured centre."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        contacts, messages = connection.execute(
            "select count(*), sum(customer_messages + agent_messages + system_messages)::bigint "
            "from scorecard.fct_contact"
        ).fetchall()[0]
        records = connection.execute("select sum(records_read)::bigint from scorecard.fct_file").fetchall()[0][0]
    return contacts, messages, records


def table(results: list[Measured], home: Home) -> str:
    """The section of docs/benchmarks.md: sizes, machine, stages and their ratios to the script."""
    contacts, messages, records = sizes(home)
    by_stage = {result.stage: result for result in results}
    scripts = [result for result in results if result.stage == "yardstick"]
    seconds = statistics.mean(result.seconds for result in scripts)
    script = Measured("yardstick", seconds, max(result.peak_bytes for result in scripts))
    product = [by_stage[stage] for stage in ("take", "build", "publish")]
    rows = [(f"`{result.stage}`", result) for result in product]
    rows.append(("all three", Measured("", sum(r.seconds for r in product), max(r.peak_bytes for r in product))))
    rows.append((f"hand-written script ({', '.join(f'{result.seconds:.1f}' for result in scripts)})", script))
    lines = [
        f"{contacts:,} contacts, {messages:,} messages, {records:,} records in all, as contract CSV, on {machine()}.",
        "",
        "| stage | seconds | records per second | peak memory | times the script |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {result.seconds:.1f} | {records / result.seconds:,.0f} | {result.peak_bytes / 2**30:.2f} GiB "
        f"| {result.seconds / script.seconds:.2f} |"
        for name, result in rows
    ]
    return "\n".join(lines)


def machine() -> str:
    """The machine in words."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}, DuckDB {duckdb.__version__}"


def main() -> None:
    """Make the centre, measure every stage, write the table."""
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-") as folder:
        home = Home(Path(os.environ.get("SCOREHOUSE_BENCH_HOME", folder)))
        subprocess.run([sys.executable, "-m", "tests.bench.stage", "make", str(home.root)], check=True)
        results = [measure(stage, home) for stage in STAGES]
        text = table(results, home)
    replace_section("warehouse", text)
    print(text)


if __name__ == "__main__":
    main()
