"""`make bench-formats`: times how the same messages land as CSV, JSON Lines, one JSON array and a workbook.

Writes the table into docs/benchmarks.md, between the marks of its section.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import polars as pl

from orchestration.home.paths import Home
from tests.bench.page import replace_section
from tests.bench.run import Measured, machine, measure
from tests.support.workbooks import Cell, Row, xlsx

CENTRE = "name: Bench\ntime_zone: UTC\nsources:\n  - {name: desk, kind: feed}\n"
NAMES = {"csv": "CSV", "jsonl": "JSON Lines", "json": "one JSON array", "xlsx": "workbook (.xlsx)"}


def messages(rows: int) -> pl.DataFrame:
    """Messages of the contract, 20 a contact."""
    at = pl.int_range(rows)
    is_agent = at % 2 == 1
    sent = pl.datetime(2026, 1, 5) + pl.duration(seconds=at % 86_400)
    return pl.select(
        pl.format("m{}", at).alias("message_id"),
        pl.format("c{}", at // 20).alias("contact_id"),
        sent.dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("sent_at"),
        pl.when(is_agent).then(pl.lit("agent")).otherwise(pl.lit("customer")).alias("sender"),
        pl.when(is_agent).then(pl.format("a{}", at % 50)).alias("agent_id"),
        pl.lit("true").alias("is_manual"),
        (at % 300).alias("length"),
    )


def write(frame: pl.DataFrame, path: Path) -> None:
    """Write the messages in the form that the file's ending says, as one that was left alone for a minute."""
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".jsonl":
            frame.write_ndjson(path)
        case ".json":
            frame.write_json(path)
        case _:
            rows: dict[int, Row] = {1: list(frame.columns)}
            for number, row in enumerate(frame.rows(), start=2):
                rows[number] = [*row[:-1], Cell(str(row[-1]))]
            path.write_bytes(xlsx(rows))
    os.utime(path, (time.time() - 60,) * 2)


def table(results: dict[str, tuple[Measured, int]], rows: int) -> str:
    """The section of docs/benchmarks.md."""
    lines = [
        f"{rows:,} messages of the contract in one file, on {machine()}; with the start of the process.",
        "",
        "| form | MB | seconds | records per second | peak memory |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {NAMES[form]} | {size / 1e6:,.0f} | {took.seconds:.1f} | {rows / took.seconds:,.0f} "
        f"| {took.peak_bytes / 2**30:.2f} GiB |"
        for form, (took, size) in results.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Land the same messages in every form, each in a home of its own, and write the table."""
    rows = int(os.environ.get("SCOREHOUSE_BENCH_ROWS", "1000000"))
    frame, results = messages(rows), dict[str, tuple[Measured, int]]()
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-") as folder:
        for form in NAMES:
            home = Home(Path(folder) / form)
            path = home.landing / "desk" / "2026-01-06" / f"messages.{form}"
            path.parent.mkdir(parents=True)
            home.centre_file.write_text(CENTRE, encoding="utf-8")
            write(frame, path)
            results[form] = (measure("take", home), path.stat().st_size)
    text = table(results, rows)
    replace_section("formats", text)
    print(text)


if __name__ == "__main__":
    main()
