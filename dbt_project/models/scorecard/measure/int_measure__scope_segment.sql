{{ config(schema='measure') }}

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
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
from scopes
where
    segment is not null
    and scope_kind != 'agent'
union all
select
    scope_kind,
    scope_id,
    channel as segment,
    3 as segment_rank,
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
from scopes
where
    channel is not null
    and channel is distinct from segment
