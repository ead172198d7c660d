{{ config(materialized='ephemeral') }}

-- One row per person and month in which he is unfit for his post: from the month of an established harassment on, while
-- he has the role that he had then. Of several findings the oldest.
with

findings as (

    select * from {{ ref('fct_finding') }}
    where
        finding_kind = 'harassment'
        and is_effective
        and agent_id is not null
        -- Granted as good faith it is none.
        and appeal_effect is null

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

established as (

    select
        source_id || '/' || finding_id as finding_id,
        cast(
            timezone((select settings.time_zone from settings), established_at) as date
        ) as decided_date
    from {{ ref('stg_findings') }}

),

persons as (

    select * from {{ ref('int_assessment__person') }}
    where
        is_complete
        and person_kind != 'team'

),

employed as (

    select
        agent_id,
        headcount_date
    from {{ ref('fct_headcount_day') }}
    where is_employed

),

agent_days as (

    select
        agent_days.agent_id,
        agent_days.agent_date,
        agent_days.role,
        employed.agent_id is not null as is_employed
    from {{ ref('dim_agent_day') }} as agent_days
    left join employed
        on
            agent_days.agent_id = employed.agent_id
            and agent_days.agent_date = employed.headcount_date
    where agent_days.agent_id in (select findings.agent_id from findings)

),

-- Of whom no list of staff speaks the role never ends.
roles_then as (

    select
        findings.finding_id,
        findings.agent_id,
        findings.occurred_on,
        findings.landing_day,
        established.decided_date,
        agent_days.role,
        agent_days.is_employed
    from findings
    left join established on findings.finding_id = established.finding_id
    left join agent_days
        on
            findings.agent_id = agent_days.agent_id
            and findings.occurred_on = agent_days.agent_date

),

ended as (

    select
        roles_then.finding_id,
        roles_then.agent_id,
        roles_then.occurred_on,
        roles_then.landing_day,
        roles_then.decided_date,
        min(agent_days.agent_date) as ended_on
    from roles_then
    left join agent_days
        on
            roles_then.agent_id = agent_days.agent_id
            and roles_then.occurred_on < agent_days.agent_date
            and roles_then.role is not null
            and (
                roles_then.role is distinct from agent_days.role
                or (roles_then.is_employed and not agent_days.is_employed)
            )
    group by all

)

select
    persons.person_kind,
    persons.person_id,
    persons.month_start,
    ended.finding_id,
    ended.occurred_on,
    ended.decided_date,
    ended.landing_day
from persons
inner join ended
    on
        persons.person_id = ended.agent_id
        and persons.month_end > ended.occurred_on
        and persons.month_start < coalesce(ended.ended_on, date '9999-12-31')
qualify
    row_number() over (
        partition by persons.person_kind, persons.person_id, persons.month_start
        order by ended.occurred_on, ended.finding_id
    ) = 1
