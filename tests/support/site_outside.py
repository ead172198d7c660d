"""How many people outside an audience were at work in a wide scope: counted plainly, once per audience."""

from __future__ import annotations

from datetime import date

import duckdb

Cell = tuple[str, str, str, str]
"""Kind of scope, scope, kind of period or `half_hour`, start."""

KNOWN = """
    create or replace temp table known as
    with recursive tree as (
        select scope_id as team_id from published.scorecard.dim_scope
        where $scope = 'team' and scope_kind = 'team' and scope_id = $id
        union
        select child.scope_id from published.scorecard.dim_scope as child
        inner join tree on child.parent_scope_kind = 'team' and child.parent_scope_id = tree.team_id
        where child.scope_kind = 'team'
    ),

    -- A person is known on his days in the team, and on all days once his own scorecard is shown.
    known as (
        select agent_id, agent_date from published.scorecard.bridge_agent_team_day where team_id in (from tree)
        union
        select scope.scope_id, day.period_start
        from published.scorecard.dim_scope as scope
        cross join (
            select distinct period_start from published.scorecard.fct_kpi_value where period_kind = 'day'
        ) as day
        where scope.scope_kind = 'agent'
            and (scope.team_id in (from tree) or ($scope = 'agent' and scope.scope_id = $id))
    )

    from known
"""
"""The days of people that an audience knows."""

OUTSIDE = """
    with work as (
        select 'centre' as scope_kind, 'centre' as scope_id, agent_id, agent_date
        from published.scorecard.fct_agent_day where agent_days > 0
        union
        select unnest(['centre', 'channel', 'queue']), unnest(['centre', channel, queue_id]), agent_id, agent_date
        from published.scorecard.fct_contact_leg
        where agent_id is not null
    ),

    period as (select distinct period_kind, period_start, period_end from published.scorecard.fct_kpi_value)

    select scope_kind, scope_id, period_kind, period_start::varchar, count(distinct agent_id)
    from work
    anti join known using (agent_id, agent_date)
    inner join period on agent_date >= period_start and agent_date < period_end
    where scope_id is not null
    group by all
"""

HALF_HOUR_WORK = """
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
            count(distinct work.agent_id) filter (known.agent_id is null) as outside
        from work
        left join known on work.agent_id = known.agent_id and work.agent_date = known.agent_date
        where work.basis is not null
        group by all
    )

    select
        scope_kind, scope_id, 'half_hour' as period_kind,
        strftime(half_hour_started_at, '%Y-%m-%dT%H:%M:%SZ') as started_at,
        min(people) as people, min(outside) filter (outside > 0) as outside
    from counted
    group by all
"""
"""Half-hours with their people and people outside, by the basis that has the fewest of them."""


def people_outside(connection: duckdb.DuckDBPyConnection, scope: str, scope_id: str) -> dict[Cell, int]:
    """Count the people outside the audience in every wide period where there is one."""
    connection.execute(KNOWN, {"scope": scope, "id": scope_id})
    rows = connection.execute(OUTSIDE).fetchall()
    return {(kind, of, period, start): people for kind, of, period, start, people in rows}


def people_of_half_hours(
    connection: duckdb.DuckDBPyConnection, scope: str, scope_id: str, first_day: date
) -> dict[Cell, tuple[int, int]]:
    """Count, in every half-hour of a wide scope since a day, the people, and those of them outside the audience."""
    connection.execute(KNOWN, {"scope": scope, "id": scope_id})
    rows = connection.execute(HALF_HOUR_WORK, {"first_day": first_day}).fetchall()
    return {(kind, of, period, start): (people, outside or 0) for kind, of, period, start, people, outside in rows}
