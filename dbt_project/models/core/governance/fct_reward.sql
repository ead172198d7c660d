with

rewards as (

    select * from {{ ref('stg_rewards') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

agents as (

    select
        agent_id,
        agent_name
    from {{ ref('dim_agent') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

named as (

    {{ by_account('rewards', 'agent_id', 'decided_at') }}

)

-- Two roles approve a reward: while one of them has not, it waits.
select
    named.source_id || '/' || named.reward_id as reward_id,
    named.source_id,
    named.landing_day,
    named.file_name,
    named.record_number,
    named.line_number,
    named.agent_id,
    if(named.agent_id is null, null, coalesce(agents.agent_name, named.agent_id)) as agent_name,
    named.team_id,
    named.ground,
    named.form,
    cast(timezone((select settings.time_zone from settings), named.decided_at) as date) as decided_date,
    named.for_month,
    named.leader_approved_by,
    named.supervisor_approved_by,
    named.amount,
    named.currency,
    named.source_id || '/' || named.recognition_id as recognition_id,
    named.contest,
    cast(timezone((select settings.time_zone from settings), named.revoked_at) as date) as revoked_date,
    coalesce(named.leader_approved_by != named.supervisor_approved_by, false) as is_approved,
    case
        when coalesce(named.revoked_at <= (select covered.as_of from covered), false) then 'revoked'
        when coalesce(named.leader_approved_by != named.supervisor_approved_by, false) then 'granted'
        else 'waiting'
    end as reward_state
from named
left join agents on named.agent_id = agents.agent_id
where named.decided_at <= (select covered.as_of from covered)
