"""Publishes the small file of site_published.py for audiences, and reads their sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.centre import Centre, parse_centre
from orchestration.home.paths import Home
from orchestration.site.audiences.rows import AudienceRows, record_days
from orchestration.site.publisher import write_site
from orchestration.site.store.sites import AudienceSite
from tests.support.site_published import write_published

OWN = "{name: own, scope: agent, ids: [a3, a4]}"

MARKS = """
    -- Names that appear nowhere else, so that a search through the files finds every leak.
    update dim_scope set scope_name = 'Person ' || scope_id || ' end' where scope_kind = 'agent';
    update fct_kpi_value set scope_name = 'Person ' || scope_id || ' end' where scope_kind = 'agent';
    update fct_reward set agent_name = 'Person ' || agent_id || ' end';
    update fct_points_rank set agent_name = 'Person ' || agent_id || ' end';
    update fct_contest_standing set scope_name = 'Person ' || scope_id || ' end';
"""

EVERYBODY_AT_WORK = """
    -- Of 480 contacts every one of twelve agents has one on every one of forty days.
    update fct_contact_leg set agent_id = 'a' || (1 + (contact_id[2:]::integer // 40) % 12);
"""

MORE_OF_A4 = "update fct_kpi_value set n = 41 where scope_id = 'a4'"

INSIDE_OF_A = {"a1", "a3", "a5", "a7", "a9", "a11"}
INSIDE_OF_B = {"a2", "a4", "a6", "a8", "a10", "a12"}


def centre(audience: str, drill_days: int) -> Centre:
    return parse_centre(
        f"name: Test\ntime_zone: Australia/Sydney\nsources: [{{name: desk, kind: feed}}]\n"
        f"audiences: [{audience}]\nthresholds: {{drill_days: {drill_days}}}\n",
        "centre.yaml",
    )


HALF_HOUR = """
    -- So many of the agents took a contact between nine and ten on the last day.
    delete from fct_contact_leg where contact_date >= date '2026-04-15';
    insert into fct_contact_leg by name
    select leg.* replace ('x' || number as contact_key, 'a' || number as agent_id, date '2026-04-16' as contact_date,
        date '2026-04-16' as agent_date, timestamptz '2026-04-16 09:05:00+00' as connected_at,
        timestamptz '2026-04-16 09:20:00+00' as ended_at)
    from (from fct_contact_leg limit 1) as leg cross join range(1, $people + 1) as numbers (number)
"""


def nobody_else_at_work(day: str, *agents: str) -> str:
    """SQL that leaves these agents at work on a day, and nobody else."""
    names = ", ".join(f"'{agent}'" for agent in agents)
    return f"""
        delete from fct_agent_day where agent_date = date '{day}' and agent_id not in ({names});
        delete from fct_contact_leg where agent_date = date '{day}' and agent_id not in ({names});
    """  # noqa: S608 - own names


def publish(home: Home, audience: str, **options: Any) -> None:
    options["extra"] = MARKS + options.get("extra", "")
    drill_days = options.pop("drill_days", 2)
    write_published(home.published_file, **options)
    write_site(home, centre(audience, drill_days))


def data_of(home: Home, audience: str) -> Path:
    return home.site / "audiences" / audience / "data"


def texts(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.json"))


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def scopes(folder: Path) -> set[tuple[str, str]]:
    table = json.loads((folder / manifest(folder)["files"]["scopes"]).read_text(encoding="utf-8"))
    return {(row[0], row[1]) for row in table["rows"]}


@contextmanager
def connected(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a published file attached as `published`."""
    with duckdb.connect() as connection:
        connection.execute(f"set TimeZone = 'UTC'; attach '{file}' as published (read_only)")
        yield connection


def prepared(folder: Path, file: Path, sites: list[AudienceSite]) -> AudienceRows:
    """The rows of these audiences, from a published file."""
    rows = AudienceRows(folder)
    with connected(file) as connection:
        connection.execute("create table memory.main.place (period_kind varchar)")
        rows.prepare(connection, sites, record_days(date(2026, 4, 16), date(2026, 4, 1), date(2026, 4, 14), 3))
    return rows
