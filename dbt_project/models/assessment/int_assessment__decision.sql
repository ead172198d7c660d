{{ config(materialized='ephemeral') }}

-- One row per person, month and day on which something about his records of that month was decided: an appeal granted,
-- or a complaint decided. What a value is made of has no line of its own, so that such a day tells why it moved.
with

complaints as (

    select * from {{ ref('fct_complaint') }}
    where
        complaints_decided > 0
        and agent_id is not null

),

appeals as (

    select * from {{ ref('fct_appeal') }}
    where
        appeals_granted > 0
        and agent_id is not null

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

decisions as (

    select
        agent_id,
        agent_date,
        date_trunc('month', received_date)::date as month_start,
        decided_date,
        'decided_late' as reason
    from complaints
    union all by name
    select
        agent_id,
        agent_date,
        date_trunc('month', agent_date)::date as month_start,
        appeal_date as decided_date,
        'appeal_granted' as reason
    from appeals

)

select
    unnest(['agent', 'manager']) as person_kind,
    agent_id as person_id,
    month_start,
    decided_date,
    reason
from decisions
union all by name
select
    'team' as person_kind,
    agent_teams.team_id as person_id,
    decisions.month_start,
    decisions.decided_date,
    decisions.reason
from decisions
inner join agent_teams
    on
        decisions.agent_id = agent_teams.agent_id
        and decisions.agent_date = agent_teams.agent_date
