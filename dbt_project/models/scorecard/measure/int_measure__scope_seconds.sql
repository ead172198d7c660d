{{ config(schema='measure', materialized='view') }}

-- One row per time and scope that it counts in, without what incidents take out of the KPIs over that time.
with

leg_seconds as (

    select * from {{ ref('int_measure__leg_seconds') }}

),

unit_seconds as (

    select * from {{ ref('int_measure__unit_seconds') }}

),

agent_teams as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

excluded as (

    select * from {{ ref('int_contact__excluded') }}

),

kpis as (

    select
        percentile_fact,
        kpi_group
    from {{ ref('dim_kpi') }}

),

excluded_times as (

    select distinct
        excluded.contact_key,
        kpis.percentile_fact
    from excluded
    inner join kpis
        on excluded.kpi_group = kpis.kpi_group
    where kpis.percentile_fact is not null

),

counted as (

    select leg_seconds.*
    from leg_seconds
    anti join excluded_times
        on
            leg_seconds.contact_key = excluded_times.contact_key
            and leg_seconds.percentile_fact = excluded_times.percentile_fact

),

counted_units as (

    select unit_seconds.*
    from unit_seconds
    anti join excluded_times
        on
            unit_seconds.contact_key = excluded_times.contact_key
            and unit_seconds.percentile_fact = excluded_times.percentile_fact

),

team_seconds as (

    select
        counted.percentile_fact,
        agent_teams.team_id,
        counted.channel,
        counted.contact_date,
        counted.seconds
    from counted
    inner join agent_teams
        on
            counted.agent_id = agent_teams.agent_id
            and counted.agent_date = agent_teams.agent_date

)

select
    percentile_fact,
    scope_kind,
    scope_id,
    contact_date,
    seconds
from counted_units
union all
select
    percentile_fact,
    'centre' as scope_kind,
    'centre' as scope_id,
    contact_date,
    seconds
from counted
union all
select
    percentile_fact,
    'channel' as scope_kind,
    channel as scope_id,
    contact_date,
    seconds
from counted
union all
select
    percentile_fact,
    'queue' as scope_kind,
    queue_id as scope_id,
    contact_date,
    seconds
from counted
where queue_id is not null
union all
select
    percentile_fact,
    'agent' as scope_kind,
    agent_id as scope_id,
    contact_date,
    seconds
from counted
where agent_id is not null
union all
select
    percentile_fact,
    'team' as scope_kind,
    team_id as scope_id,
    contact_date,
    seconds
from team_seconds
union all
select
    percentile_fact,
    'team_channel' as scope_kind,
    team_id || '|' || channel as scope_id,
    contact_date,
    seconds
from team_seconds
