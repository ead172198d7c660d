-- Who left and was talked with about it, and what reasons were named to whom. A reason that the centre's list does not
-- have (health, family) is told as personal.
with

leavers as (

    select
        agent_id,
        left_on,
        left_on as agent_date,
        exit_interviewer,
        exit_reasons
    from {{ ref('fct_leaver') }}
    where leavers > 0

),

listed as (

    select code
    from {{ ref('dim_code') }}
    where
        code_list = 'exit_reasons'
        and is_known

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

periods as (

    select
        period_kind,
        period_start,
        period_end
    from {{ ref('int_measure__period') }}
    where
        period_kind in ('month', 'quarter', 'year')
        or (period_kind = 'trailing_28' and is_latest)

),

named as (

    select
        agent_id,
        left_on,
        agent_date,
        exit_interviewer,
        trim(unnest(string_split(exit_reasons, '|'))) as code
    from leavers
    where
        exit_interviewer is not null
        and exit_reasons is not null

),

-- Two reasons of one person that are both told as personal are one.
told as (

    select
        agent_id,
        left_on,
        agent_date,
        exit_interviewer,
        '*' as exit_reason
    from leavers
    union all
    select distinct
        named.agent_id,
        named.left_on,
        named.agent_date,
        named.exit_interviewer,
        if(listed.code is null, 'personal', listed.code) as exit_reason
    from named
    left join listed on named.code = listed.code
    where named.code != ''

),

scoped as (

    {{ in_centre_and_teams('told') }}

)

select
    scoped.scope_kind,
    scoped.scope_id,
    periods.period_kind,
    periods.period_start,
    scoped.exit_reason,
    count(*) as leavers,
    count(*) filter (scoped.exit_interviewer = 'outside') as interviewed_outside,
    count(*) filter (scoped.exit_interviewer = 'inside') as interviewed_inside,
    count(*) filter (scoped.exit_interviewer is null) as not_interviewed
from scoped
inner join periods
    on
        scoped.left_on >= periods.period_start
        and scoped.left_on < periods.period_end
group by all
