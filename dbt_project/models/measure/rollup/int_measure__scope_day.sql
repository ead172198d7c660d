-- One row per KPI group, scope and local date with every additive measure beside each other; the maxima stand in
-- int_measure__peak_day. kpi_group '' is everything, any other the part that incidents take out of that group.
with

agent_contact_days as (

    select * exclude (is_shared, agent_date) from {{ ref('int_measure__agent_contact_day') }}
    where {{ on_changed_dates('scope_date') }}

),

team_contact_days as (

    select * from {{ ref('int_measure__team_contact_day') }}

),

person_days as (

    select * from {{ ref('int_measure__person_day') }}
    where {{ on_changed_dates('scope_date') }}
    union all by name
    select * from {{ ref('int_measure__work_square') }}
    where {{ on_changed_dates('scope_date') }}

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

service_days as (

    select * from {{ ref('int_measure__service_day') }}

),

team_person_days as (

    select
        agent_teams.team_id,
        person_days.* exclude (agent_id, agent_date)  -- noqa: RF02
    from person_days
    inner join agent_teams
        on
            person_days.agent_id = agent_teams.agent_id
            and person_days.agent_date = agent_teams.agent_date

),

team_days as (

    select * from team_contact_days
    union all by name
    select * exclude (queue_id) from team_person_days

),

together as (

    select
        'agent' as scope_kind,
        agent_id as scope_id,
        * exclude (agent_id, channel)
    from agent_contact_days
    where agent_id is not null
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        * exclude (agent_id, agent_date, channel, queue_id)
    from person_days
    where agent_id is not null
    union all by name
    select
        'team' as scope_kind,
        team_id as scope_id,
        * exclude (team_id, channel)
    from team_days
    union all by name
    select
        'team_channel' as scope_kind,
        team_id || '|' || channel as scope_id,
        * exclude (team_id, channel)
    from team_days
    where channel is not null
    union all by name
    select
        'queue' as scope_kind,
        queue_id as scope_id,
        * exclude (agent_id, agent_date, channel, queue_id)
    from person_days
    where queue_id is not null
    union all by name
    select
        'channel' as scope_kind,
        channel as scope_id,
        * exclude (agent_id, agent_date, channel, queue_id)
    from person_days
    where channel is not null
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        * exclude (agent_id, agent_date, channel, queue_id)
    from person_days
    union all by name
    select * from service_days

),

since as (

    select * from {{ ref('int_topic__since') }}

),

recorded as (

    select
        together.*,
        {{ recorded_since('together') }}
    from together
    cross join since

)

select
    kpi_group,
    scope_kind,
    scope_id,
    scope_date,
    {{ each_measure('coalesce(sum({}), 0)::decimal(18, 4) as {}') }},
    -- Squares outgrow what their roots fit into.
    {{ each_measure('coalesce(sum({}), 0)::decimal(38, 8) as {}', squares=true) }}
from recorded
group by kpi_group, scope_kind, scope_id, scope_date
