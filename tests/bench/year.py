"""`make bench-year`: the sample centre with 400 days, made, taken, built, published and looked at, stage by stage.

Writes the table into docs/benchmarks.md, between the marks of its section. `SCOREHOUSE_BENCH_HOME` may name the folder
to work in, which is kept; `SCOREHOUSE_BENCH_YEAR_AGENTS` and `SCOREHOUSE_BENCH_DAYS` make another size.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.home.paths import Home
from orchestration.site.shell import ensure_shell, install_shell
from tests.bench.page import replace_section
from tests.bench.run import Measured, machine, measure
from tests.bench.site import openings_table
from tests.bench.site_browser import open_cold

STAGES = ("sample", "take", "build", "publish", "pages")


def sizes(home: Home) -> str:
    """What the published file holds, in words."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        files, records, contacts, agents, days, values = connection.execute(
            """
            select
                (select count(*) from scorecard.fct_file), (select sum(records_read)::bigint from scorecard.fct_file),
                (select count(*) from scorecard.fct_contact),
                (select count(distinct scope_id) from scorecard.dim_scope where scope_kind = 'agent'),
                (select count(distinct period_start) from scorecard.fct_kpi_value where period_kind = 'day'),
                (select count(*) from scorecard.fct_kpi_value)
            """
        ).fetchall()[0]
    return (
        f"{agents:,} agents (with those who came and left), {days:,} days, {files:,} files with {records:,} records, "
        f"{contacts:,} contacts, {values:,} values"
    )


def pages(home: Home) -> list[str]:
    """The pages to open: the centre's, that of the agent with the most contacts, and a KPI's."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        ((agent,),) = connection.execute(
            "select agent_id from scorecard.fct_contact_leg where agent_id is not null "
            "group by agent_id order by count(*) desc, agent_id limit 1"
        ).fetchall()
    return ["/", "/centre", f"/agent/{agent}", "/kpi/first_response_time"]


def table(results: Sequence[Measured], about: str) -> str:
    """The first part of the section of docs/benchmarks.md: the stages and their sum."""
    rows = [(f"`{result.stage}`", result.seconds, result.peak_bytes) for result in results]
    rows.append(("all", sum(result.seconds for result in results), max(result.peak_bytes for result in results)))
    lines = [f"{about}; on {machine()}.", "", "| stage | seconds | peak memory |", "|---|---:|---:|"]
    lines += [f"| {name} | {seconds:,.1f} | {peak / 2**30:.2f} GiB |" for name, seconds, peak in rows]
    return "\n".join(lines)


def main() -> None:
    """Measure every stage, open the pages, write the table."""
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-year-") as folder:
        home = Home(Path(os.environ.get("SCOREHOUSE_BENCH_HOME", folder)))
        results = [measure(stage, home) for stage in STAGES]
        install_shell(home, ensure_shell())
        openings = open_cold(home.site, pages(home), times=3)
        text = f"{table(results, sizes(home))}\n\n{openings_table(openings)}"
    replace_section("year", text)
    print(text)


if __name__ == "__main__":
    main()
