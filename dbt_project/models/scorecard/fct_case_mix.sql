-- Whom and what agents had to do with: of the contacts that they handled last, which part had a topic, a difficult
-- customer, or a customer who had been there in the week before. A contact has one such agent, so teams and the centre
-- are the sums of their agents.
with

contacts as (

    select
        contact_key,
        contact_date,
        customer_id,
        is_identified,
        topic,
        started_at,
        owner_agent_id,
        owner_leg_key,
        is_handled
    from {{ ref('fct_contact') }}
    where not is_test

),

legs as (

    select
        leg_key,
        agent_date
    from {{ ref('fct_contact_leg') }}

),

-- Of one contact each kind of difficulty counts once, and once any of them.
tags as (

    select distinct
        contact_key,
        unnest(['*', detail]) as detail
    from {{ ref('fct_contact_tag') }}
    where tag = 'difficult_customer'

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
        period_kind,
        period_start,
        period_date
    from {{ ref('int_measure__period_day') }}

),

known as (

    select
        *,
        coalesce(
            is_identified
            and lag(started_at) over (
                partition by is_identified, customer_id order by started_at, contact_key
            ) >= started_at - interval 7 day,
            false
        ) as is_returning
    from contacts

),

handled as (

    select
        known.contact_key,
        known.contact_date,
        known.is_identified,
        known.topic,
        known.is_returning,
        known.owner_agent_id as agent_id,
        coalesce(legs.agent_date, known.contact_date) as agent_date,
        coalesce(known.contact_date >= since.tags_from, false) as is_tag_recorded
    from known
    cross join since
    left join legs on known.owner_leg_key = legs.leg_key
    where
        known.is_handled
        and known.owner_agent_id is not null

),

told as (

    select
        *,
        'topic' as mix_kind,
        coalesce(topic, 'none') as mix_code
    from handled
    union all by name
    select
        *,
        'returning' as mix_kind,
        'returning' as mix_code
    from handled
    where is_returning
    union all by name
    select
        handled.*,
        'difficult' as mix_kind,
        tags.detail as mix_code
    from handled
    inner join tags on handled.contact_key = tags.contact_key
    where handled.is_tag_recorded

),

-- What each share is of: returning customers of those who are known, difficult ones of days on which that is told.
counted_days as (

    select
        agent_id,
        agent_date,
        contact_date,
        count(*) as topic_base,
        count(*) filter (is_identified) as returning_base,
        count(*) filter (is_tag_recorded) as difficult_base
    from handled
    group by agent_id, agent_date, contact_date

),

based as (

    select
        agent_id,
        agent_date,
        contact_date,
        unnest(['topic', 'returning', 'difficult']) as mix_kind,
        unnest([topic_base, returning_base, difficult_base]) as base
    from counted_days

),

told_days as (

    select
        agent_id,
        agent_date,
        contact_date,
        mix_kind,
        mix_code,
        count(*) as contacts
    from told
    group by agent_id, agent_date, contact_date, mix_kind, mix_code

),

base_scoped as (

    {{ in_centre_and_teams('based') }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        *
    from based

),

told_scoped as (

    {{ in_centre_and_teams('told_days') }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        *
    from told_days

),

bases as (

    select
        base_scoped.scope_kind,
        base_scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        base_scoped.mix_kind,
        cast(sum(base_scoped.base) as bigint) as base
    from base_scoped
    inner join period_days on base_scoped.contact_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
    group by all
    having sum(base_scoped.base) > 0

),

parts as (

    select
        told_scoped.scope_kind,
        told_scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        told_scoped.mix_kind,
        told_scoped.mix_code,
        cast(sum(told_scoped.contacts) as bigint) as contacts,
        count(distinct told_scoped.agent_id) as people
    from told_scoped
    inner join period_days on told_scoped.contact_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
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
