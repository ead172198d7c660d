"""What an audience sees of wider scopes, on random small centres, against the rule written out plainly.

The plain rule joins every day of everybody with every period, once per audience; the publisher counts once for all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.audience_rows import FEWEST_OUTSIDE, AudienceRows, record_days
from orchestration.audiences import AudienceSite
from tests.support.site_published import write_published

Row = tuple[Any, ...]

LAST_DAY = date(2026, 4, 16)
FIRST_DRILL_DAY = date(2026, 4, 14)

AUDIENCES = [("team", "TA"), ("team", "TB"), ("team", "T0"), ("agent", "a1"), ("agent", "a2"), ("agent", "a7")]

PLAIN_PERIODS = """
    with presence as (
        select 'centre' as scope_kind, 'centre' as scope_id, agent_id, agent_date
        from published.scorecard.bridge_agent_team_day
        union
        select 'channel', channel, agent_id, agent_date
        from published.scorecard.fct_contact_leg
        where agent_id is not null
        union
        select 'queue', queue_id, agent_id, agent_date
        from published.scorecard.fct_contact_leg
        where agent_id is not null
    ),

    period as (
        select distinct period_kind, period_start, period_end
        from published.scorecard.fct_kpi_value
        where scope_kind = 'centre'
    ),

    counted as (
        select presence.scope_kind, presence.scope_id, period.period_kind, period.period_start,
            count(distinct presence.agent_id) filter (inside_day.agent_id is null) as people_outside
        from presence
        inner join period
            on presence.agent_date >= period.period_start and presence.agent_date < period.period_end
        left join inside_day
            on presence.agent_id = inside_day.agent_id and presence.agent_date = inside_day.agent_date
        group by all
    )

    select distinct kpi_value.scope_kind, kpi_value.scope_id, kpi_value.period_kind, kpi_value.period_start
    from published.scorecard.fct_kpi_value as kpi_value
    inner join counted using (scope_kind, scope_id, period_kind, period_start)
    where kpi_value.scope_kind in ('centre', 'channel', 'queue')
        and (counted.people_outside = 0 or counted.people_outside >= $fewest)
"""

PLAIN_HALF_HOURS = """
    with half_hour as (
        select distinct scope_kind, scope_id, half_hour_started_at
        from published.scorecard.fct_kpi_half_hour
        where local_date >= $first_day
            and scope_kind in ('centre', 'channel', 'queue')
    ),

    leg as (
        select leg.*, contact.half_hour_started_at as began_in, visit.entered_at
        from published.scorecard.fct_contact_leg as leg
        left join published.scorecard.fct_contact as contact using (contact_key)
        left join published.scorecard.fct_queue_visit as visit on leg.visit_key = visit.visit_key
        where leg.agent_id is not null
    ),

    work as (
        select unnest([
            if(leg.connected_at < half_hour.half_hour_started_at + interval 30 minute
                and coalesce(leg.ended_at, leg.connected_at) >= half_hour.half_hour_started_at, 'present', null),
            if(half_hour.scope_kind != 'queue' and leg.began_in = half_hour.half_hour_started_at, 'began', null),
            if(half_hour.scope_kind = 'queue' and leg.entered_at >= half_hour.half_hour_started_at
                and leg.entered_at < half_hour.half_hour_started_at + interval 30 minute, 'began', null)
        ]) as basis, half_hour.*, leg.agent_id, leg.agent_date
        from half_hour
        inner join leg
            on half_hour.scope_kind = 'centre'
            or (half_hour.scope_kind = 'channel' and half_hour.scope_id = leg.channel)
            or (half_hour.scope_kind = 'queue' and half_hour.scope_id = leg.queue_id)
        union all
        select 'signed_in', half_hour.*, staff.scope_id, staff.local_date
        from half_hour
        inner join published.scorecard.fct_kpi_half_hour as staff using (half_hour_started_at)
        where half_hour.scope_kind = 'centre' and staff.scope_kind = 'agent' and staff.kpi_id = 'utilisation'
    ),

    counted as (
        select work.basis, work.scope_kind, work.scope_id, work.half_hour_started_at,
            count(distinct work.agent_id) as people,
            count(distinct work.agent_id) filter (inside_day.agent_id is null) as outside
        from work
        left join inside_day on work.agent_id = inside_day.agent_id and work.agent_date = inside_day.agent_date
        where work.basis is not null
        group by all
    )

    select scope_kind, scope_id, half_hour_started_at
    from counted
    group by all
    having bool_and(people >= $fewest and outside not between 1 and $fewest - 1)
"""

INSIDE_DAY = """
    create or replace temp table inside_day as
    select distinct agent_id, agent_date
    from published.scorecard.bridge_agent_team_day
    where (
        $scope = 'team' and (team_id = $scope_id or ($scope_id = 'T0' and team_id in ('TA', 'TB')))
    ) or ($scope = 'agent' and agent_id = $scope_id)
"""


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


@contextmanager
def connected(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"set TimeZone = 'UTC'; attach '{file}' as published (read_only)")
        yield connection


def prepared(folder: Path, file: Path, sites: list[AudienceSite]) -> AudienceRows:
    """The rows of these audiences, from a published file."""
    rows = AudienceRows(folder)
    with connected(file) as connection:
        connection.execute("create table memory.main.place (period_kind varchar)")
        rows.prepare(connection, sites, record_days(LAST_DAY, date(2026, 4, 1), FIRST_DRILL_DAY, 3))
    return rows


def seen_of_wider_scopes(connection: duckdb.DuckDBPyConnection) -> tuple[set[Row], set[Row]]:
    """The scopes and periods, and the scopes and half-hours, of which `scorecard` has values."""
    periods = connection.execute(
        "select scope_kind, scope_id, period_kind, period_start from fct_kpi_value "
        "where scope_kind in ('centre', 'channel', 'queue')"
    ).fetchall()
    half_hours = connection.execute(
        "select scope_kind, scope_id, half_hour_started_at from fct_kpi_half_hour"
    ).fetchall()
    return set(periods), set(half_hours)


def seen_by_the_plain_rule(connection: duckdb.DuckDBPyConnection, site: AudienceSite) -> tuple[set[Row], set[Row]]:
    """The same, counted anew for the one audience."""
    connection.execute(INSIDE_DAY, {"scope": site.scope, "scope_id": site.scope_id})
    given = {"fewest": FEWEST_OUTSIDE}
    periods = connection.execute(PLAIN_PERIODS, given).fetchall()
    half_hours = connection.execute(PLAIN_HALF_HOURS, given | {"first_day": FIRST_DRILL_DAY}).fetchall()
    return set(periods), set(half_hours)


@pytest.mark.parametrize("seed", range(12))
def test_of_wider_scopes_an_audience_sees_what_the_plain_rule_lets_it_see(tmp_path: Path, seed: int) -> None:
    file = write_published(tmp_path / "published.duckdb", contacts=150, extra=random_centre(seed))
    sites = [AudienceSite(scope_id, tmp_path, tmp_path, scope, scope_id) for scope, scope_id in AUDIENCES]
    rows = prepared(tmp_path, file, sites)
    for site in sites:
        with connected(file) as connection:
            expected = seen_by_the_plain_rule(connection, site)
        with connected(file) as connection:
            rows.restrict(connection, site)
            seen = seen_of_wider_scopes(connection)
        assert seen == expected, site.name


def test_two_audiences_at_once_see_the_same_though_no_file_of_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.audience_rows._MOST_FILES", 0)
    file = write_published(tmp_path / "published.duckdb")
    sites = [AudienceSite(scope_id, tmp_path, tmp_path, "agent", scope_id) for scope_id in ("a1", "a2")]
    rows = prepared(tmp_path, file, sites)
    with connected(file) as first, connected(file) as second:
        assert rows.restrict(first, sites[0]) == rows.restrict(second, sites[1])
        periods, _ = seen_of_wider_scopes(first)
        assert periods
        assert seen_of_wider_scopes(second) == seen_of_wider_scopes(first)
