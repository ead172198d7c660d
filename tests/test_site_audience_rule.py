"""No audience sees a half-hour of too few people, on random small centres, against people counted plainly.

The plain count joins all work with every half-hour, once per audience; the publisher counts once for all.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.site.audiences.hidden import FEWEST_OUTSIDE
from orchestration.site.store.sites import AudienceSite
from tests.support.seeds import few_of_many
from tests.support.site_audiences import connected, prepared
from tests.support.site_outside import people_of_half_hours
from tests.support.site_published import write_published

Row = tuple[Any, ...]

FIRST_DRILL_DAY = date(2026, 4, 14)

AUDIENCES = [("team", "TA"), ("team", "TB"), ("team", "T0"), ("agent", "a1"), ("agent", "a2"), ("agent", "a7")]


def random_centre(seed: int) -> str:
    """SQL that leaves a random few of the days, people, queues and half-hours of the small published file."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    present, moved, worked = draw.choice([10, 30, 60, 100]), draw.choice([0, 20]), draw.choice([5, 40, 80])
    return f"""
        select setseed({draw.random()});
        create temp table kept_day as
        select agent_id, agent_date, random() * 100 < {moved} as is_moved
        from (select distinct agent_id, agent_date from bridge_agent_team_day)
        where random() * 100 < {present};
        delete from bridge_agent_team_day
        where (agent_id, agent_date) not in (select (agent_id, agent_date) from kept_day);
        update bridge_agent_team_day set team_id = if(team_id = 'TA', 'TB', 'TA')
        where team_id != 'T0'
            and (agent_id, agent_date) in (select (agent_id, agent_date) from kept_day where is_moved);

        -- Work is left on days on which nobody had the agent in a team; some is nobody's, some lasts for hours.
        delete from fct_contact_leg where random() * 100 > {worked};
        update fct_contact_leg set queue_id = 'q' || (1 + (random() * 3)::integer);
        update fct_contact_leg set agent_id = null where random() < 0.05;
        update fct_contact_leg
        set connected_at = timestamptz '2026-04-16 09:00:00+00' + to_minutes((random() * 120)::integer),
            ended_at = timestamptz '2026-04-16 11:00:00+00' + to_minutes((random() * 20)::integer)
        where random() < 0.3;

        insert into fct_kpi_value by name
        select * replace ('q2' as scope_id) from fct_kpi_value where scope_kind = 'queue';
        insert into fct_kpi_half_hour by name
        select 'kpi_1' as kpi_id, scope_kind, scope_id, date '2026-04-16' as local_date, 1.0 as value, 5 as n,
            timestamptz '2026-04-16 09:00:00+00' + to_minutes(30 * number) as half_hour_started_at
        from (values ('centre', 'centre'), ('channel', 'web'), ('queue', 'q1'), ('queue', 'q2'))
            as scopes (scope_kind, scope_id)
        cross join range(6) as numbers (number);
        -- Some of those signed in have no contact then, and some contacts enter their queue later than they begin.
        insert into fct_kpi_half_hour by name
        select 'utilisation' as kpi_id, 'agent' as scope_kind, agent_id as scope_id, date '2026-04-16' as local_date,
            0.5 as value, 1 as n, 900 as numerator, 1800 as denominator,
            timestamptz '2026-04-16 09:00:00+00' + to_minutes(30 * number) as half_hour_started_at
        from (select distinct agent_id from fct_contact_leg where agent_id is not null) as agents
        cross join range(6) as numbers (number)
        where random() < 0.7;
        update fct_queue_visit set entered_at = entered_at + to_minutes((random() * 90)::integer);
    """  # noqa: S608 - own numbers


def seen_half_hours(connection: duckdb.DuckDBPyConnection) -> set[Row]:
    """The scopes and half-hours of which `scorecard` has values."""
    return set(
        connection.execute(
            "select scope_kind, scope_id, strftime(half_hour_started_at, '%Y-%m-%dT%H:%M:%SZ') from fct_kpi_half_hour"
        ).fetchall()
    )


def enough(connection: duckdb.DuckDBPyConnection, site: AudienceSite) -> set[Row]:
    """Those that are the work of enough people, and of nobody or enough people outside."""
    people = people_of_half_hours(connection, site.scope, site.scope_id, FIRST_DRILL_DAY)
    return {
        (kind, scope, started_at)
        for (kind, scope, _, started_at), (all_people, outside) in people.items()
        if all_people >= FEWEST_OUTSIDE and (outside == 0 or outside >= FEWEST_OUTSIDE)
    }


@pytest.mark.parametrize("seed", few_of_many(8))
def test_an_audience_sees_no_half_hour_of_too_few_people(tmp_path: Path, seed: int) -> None:
    file = write_published(tmp_path / "published.duckdb", contacts=150, extra=random_centre(seed))
    sites = [AudienceSite(scope_id, tmp_path, tmp_path, scope, scope_id) for scope, scope_id in AUDIENCES]
    rows = prepared(tmp_path, file, sites)
    for site in sites:
        with connected(file) as connection:
            allowed = enough(connection, site)
        with connected(file) as connection:
            rows.restrict(connection, site)
            seen = seen_half_hours(connection)
        assert seen <= allowed, site.name


def test_two_audiences_at_once_see_the_same_though_no_file_of_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.site.audiences.rows._MOST_FILES", 0)
    file = write_published(tmp_path / "published.duckdb")
    sites = [AudienceSite(scope_id, tmp_path, tmp_path, "agent", scope_id) for scope_id in ("a1", "a2")]
    rows = prepared(tmp_path, file, sites)
    with connected(file) as first, connected(file) as second:
        assert rows.restrict(first, sites[0]) == rows.restrict(second, sites[1])
        values = first.execute("from wide.main.wide_value order by all").fetchall()
        assert values
        assert second.execute("from wide.main.wide_value order by all").fetchall() == values
