-- One row per scope, segment it belongs to, and stretch of days. Every scope is in the segment '' of targets
-- without one; an agent is in a segment and, less specific, in a tenure band, a team in that of its kind, a queue in
-- its kind and channel.
with

scopes as (

    select * from {{ ref('dim_scope') }}

),

agent_days as (

    select * from {{ ref('dim_agent_day') }}

),

team_versions as (

    select * from {{ ref('int_team__version') }}

),

queue_versions as (

    select * from {{ ref('int_queue__version') }}

),

agent_segments as (

    select
        agent_id,
        agent_date,
        tenure_band as segment,
        2 as segment_rank
    from agent_days
    where tenure_band is not null
    union all
    select
        agent_id,
        agent_date,
        segment,
        1 as segment_rank
    from agent_days
    where segment is not null

),

agent_stretches as (

    select
        *,
        agent_date
        - row_number() over (partition by agent_id, segment, segment_rank order by agent_date)::integer as stretch
    from agent_segments

),

-- Teams and queues are of the kind that held at the time: another one changes no period before it.
versions as (

    select
        scopes.scope_kind,
        scopes.scope_id,
        scopes.channel,
        team_versions.team_kind as segment,
        team_versions.valid_from,
        team_versions.valid_to
    from scopes
    inner join team_versions
        on scopes.team_id = team_versions.team_id
    where scopes.scope_kind in ('team', 'team_channel')
    union all
    select
        scopes.scope_kind,
        scopes.scope_id,
        coalesce(queue_versions.channel, scopes.channel) as channel,
        coalesce(queue_versions.queue_kind, scopes.segment) as segment,
        coalesce(queue_versions.valid_from, date '0001-01-01') as valid_from,
        coalesce(queue_versions.valid_to, date '9999-12-31') as valid_to
    from scopes
    left join queue_versions
        on scopes.scope_id = queue_versions.queue_id
    where scopes.scope_kind = 'queue'
    union all
    select
        scope_kind,
        scope_id,
        channel,
        null as segment,
        date '0001-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from scopes
    where scope_kind = 'channel'

)

select
    scope_kind,
    scope_id,
    '' as segment,
    9 as segment_rank,
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
from scopes
union all
select
    'agent' as scope_kind,
    agent_id as scope_id,
    segment,
    segment_rank,
    min(agent_date) as valid_from,
    max(agent_date) + 1 as valid_to
from agent_stretches
group by agent_id, segment, segment_rank, stretch
union all
select
    scope_kind,
    scope_id,
    segment,
    2 as segment_rank,
    valid_from,
    valid_to
from versions
where segment is not null
union all
select
    scope_kind,
    scope_id,
    channel as segment,
    3 as segment_rank,
    valid_from,
    valid_to
from versions
where
    channel is not null
    and channel is distinct from segment
