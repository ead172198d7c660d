-- Whom and what agents had to do with: of the contacts that they handled last, which part had a topic, a difficult
-- customer, or a customer who had been there in the week before. A contact has one such agent, so teams and the centre
-- are the sums of their agents.
with

handled as (

    select * from {{ ref('int_customer__case_day') }}

),

contacts as (

    select contact_key
    from {{ ref('fct_contact') }}
    where
        not is_test
        and is_handled

),

tags as (

    select
        contact_key,
        contact_date,
        agent_id,
        agent_date,
        detail
    from {{ ref('fct_contact_tag') }}
    where
        tag = 'difficult_customer'
        and agent_id is not null

),

since as (

    select tags_from from {{ ref('int_topic__since') }}

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
        period_kind in ('month', 'quarter')
        or (period_kind = 'trailing_28' and is_latest)

),

period_days as (

    select
        period_days.period_kind,
        period_days.period_start,
        period_days.period_date,
        periods.period_end
    from {{ ref('int_measure__period_day') }} as period_days
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start

),

-- Of the days on which an agent was in the same teams the first stands for all: what he did on them is summed before it
-- is told of each team.
in_teams as (

    select
        agent_id,
        agent_date,
        list(team_id order by team_id) as team_ids
    from agent_teams
    group by agent_id, agent_date

),

days_alike as (

    select
        agent_id,
        agent_date,
        min(agent_date) over (partition by agent_id, team_ids) as first_date
    from in_teams

),

-- Of one contact each kind of difficulty counts once, and once any of them.
difficulties as (

    select distinct
        contact_key,
        contact_date,
        agent_id,
        agent_date,
        unnest(['*', detail]) as detail
    from tags
    where contact_date >= (select since.tags_from from since)

),

difficult as (

    select difficulties.*
    from difficulties
    inner join contacts on difficulties.contact_key = contacts.contact_key

),

told_days as (

    select
        agent_id,
        agent_date,
        contact_date,
        'topic' as mix_kind,
        coalesce(topic, 'none') as mix_code,
        contacts
    from handled
    union all
    select
        agent_id,
        agent_date,
        contact_date,
        'returning' as mix_kind,
        'returning' as mix_code,
        contacts_returning
    from handled
    where contacts_returning > 0
    union all
    select
        agent_id,
        agent_date,
        contact_date,
        'difficult' as mix_kind,
        detail as mix_code,
        1 as contacts
    from difficult

),

-- What each share is of: returning customers of those who are known, difficult ones of days on which that is told.
counted_days as (

    select
        agent_id,
        agent_date,
        contact_date,
        contacts as topic_base,
        contacts_identified as returning_base,
        if(contact_date >= (select since.tags_from from since), contacts, 0) as difficult_base
    from handled

),

told_agents as (

    select
        told_days.agent_id,
        days_alike.first_date as agent_date,
        period_days.period_kind,
        period_days.period_start,
        told_days.mix_kind,
        told_days.mix_code,
        sum(told_days.contacts) as contacts
    from told_days
    inner join period_days on told_days.contact_date = period_days.period_date
    left join days_alike
        on
            told_days.agent_id = days_alike.agent_id
            and told_days.agent_date = days_alike.agent_date
    group by all

),

counted_agents as (

    select
        counted_days.agent_id,
        days_alike.first_date as agent_date,
        period_days.period_kind,
        period_days.period_start,
        period_days.period_end,
        sum(counted_days.topic_base) as topic_base,
        sum(counted_days.returning_base) as returning_base,
        sum(counted_days.difficult_base) as difficult_base
    from counted_days
    inner join period_days on counted_days.contact_date = period_days.period_date
    left join days_alike
        on
            counted_days.agent_id = days_alike.agent_id
            and counted_days.agent_date = days_alike.agent_date
    group by all

),

base_scoped as (

    {{ in_centre_and_teams('counted_agents') }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        *
    from counted_agents

),

told_scoped as (

    {{ in_centre_and_teams('told_agents') }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        *
    from told_agents

),

counted as (

    select
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        period_end,
        cast(sum(topic_base) as bigint) as topic_base,
        cast(sum(returning_base) as bigint) as returning_base,
        cast(sum(difficult_base) as bigint) as difficult_base
    from base_scoped
    group by all

),

by_kind as (

    select
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        period_end,
        unnest(['topic', 'returning', 'difficult']) as mix_kind,
        unnest([topic_base, returning_base, difficult_base]) as base
    from counted

),

bases as (

    select * from by_kind
    where base > 0

),

parts as (

    select
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        mix_kind,
        mix_code,
        cast(sum(contacts) as bigint) as contacts,
        count(distinct agent_id) as people
    from told_scoped
    group by all

)

select
    bases.scope_kind,
    bases.scope_id,
    bases.period_kind,
    bases.period_start,
    bases.period_end,
    bases.mix_kind,
    coalesce(parts.mix_code, if(bases.mix_kind = 'difficult', '*', 'returning')) as mix_code,
    coalesce(parts.contacts, 0) as contacts,
    bases.base,
    coalesce(parts.contacts, 0) / bases.base as share,  -- noqa: RF04
    coalesce(parts.people, 0) as people
from bases
left join parts
    on
        bases.scope_kind = parts.scope_kind
        and bases.scope_id = parts.scope_id
        and bases.period_kind = parts.period_kind
        and bases.period_start = parts.period_start
        and bases.mix_kind = parts.mix_kind
