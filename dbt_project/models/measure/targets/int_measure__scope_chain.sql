-- One row per scope, target scope that reaches it, and stretch of days: the scope itself, the teams above it
-- (nearest first), its channel, and the default. The lower the distance, the more specific the target.
with

scopes as (

    select * from {{ ref('dim_scope') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}
    where is_home_path

),

queue_versions as (

    select * from {{ ref('int_queue__version') }}

),

team_ancestors as (

    select
        team_id,
        ancestor_team_id,
        distance,
        period_from,
        period_to
    from {{ ref('int_team__ancestor') }}

),

-- The team and the channel that a queue had at the time.
queue_stretches as (

    select
        scopes.scope_id,
        queue_versions.team_id,
        coalesce(queue_versions.channel, scopes.channel) as channel,
        coalesce(queue_versions.valid_from, date '0001-01-01') as valid_from,
        coalesce(queue_versions.valid_to, date '9999-12-31') as valid_to
    from scopes
    left join queue_versions
        on scopes.scope_id = queue_versions.queue_id
    where scopes.scope_kind = 'queue'

),

-- Days in a row at the same distance below a team make one stretch.
agent_stretches as (

    select
        agent_id,
        team_id,
        distance,
        agent_date,
        agent_date
        - row_number() over (partition by agent_id, team_id, distance order by agent_date)::integer as stretch
    from agent_teams

)

select
    scope_kind,
    scope_id,
    scope_kind as target_scope_kind,
    scope_id as target_scope_id,
    0 as distance,
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
from scopes
union all
select
    scope_kind,
    scope_id,
    'default' as target_scope_kind,
    '' as target_scope_id,
    1000 as distance,
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
from scopes
union all
select
    'agent' as scope_kind,
    agent_id as scope_id,
    'team' as target_scope_kind,
    team_id as target_scope_id,
    10 + distance as distance,
    min(agent_date) as valid_from,
    max(agent_date) + 1 as valid_to
from agent_stretches
group by agent_id, team_id, distance, stretch
union all
select
    scopes.scope_kind,
    scopes.scope_id,
    'team' as target_scope_kind,
    team_ancestors.ancestor_team_id as target_scope_id,
    10 + team_ancestors.distance as distance,
    team_ancestors.period_from as valid_from,
    team_ancestors.period_to as valid_to
from scopes
inner join team_ancestors
    on
        scopes.team_id = team_ancestors.team_id
        and (scopes.scope_kind != 'team' or team_ancestors.distance > 0)
where scopes.scope_kind in ('team', 'team_channel')
union all
select
    'queue' as scope_kind,
    queue_stretches.scope_id,
    'team' as target_scope_kind,
    team_ancestors.ancestor_team_id as target_scope_id,
    10 + team_ancestors.distance as distance,
    greatest(queue_stretches.valid_from, team_ancestors.period_from) as valid_from,
    least(queue_stretches.valid_to, team_ancestors.period_to) as valid_to
from queue_stretches
inner join team_ancestors
    on
        queue_stretches.team_id = team_ancestors.team_id
        and queue_stretches.valid_from < team_ancestors.period_to
        and queue_stretches.valid_to > team_ancestors.period_from
union all
select
    scope_kind,
    scope_id,
    'channel' as target_scope_kind,
    channel as target_scope_id,
    500 as distance,
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
from scopes
where
    channel is not null
    and scope_kind = 'team_channel'
union all
select
    'queue' as scope_kind,
    scope_id,
    'channel' as target_scope_kind,
    channel as target_scope_id,
    500 as distance,
    valid_from,
    valid_to
from queue_stretches
where channel is not null
