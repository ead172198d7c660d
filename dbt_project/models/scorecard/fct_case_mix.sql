-- Whom and what agents had to do with: of the contacts that they handled last, which part had a topic, a difficult
-- customer, or a customer who had been there in the week before. A contact has one such agent, so teams and the centre
-- are the sums of their agents.
with

contacts as (

    select
        contact_key,
        contact_date,
        is_identified,
        topic,
        owner_agent_id
    from {{ ref('fct_contact') }}
    where
        not is_test
        and is_handled
        and owner_agent_id is not null

),

customers as (

    select
        contact_key,
        customer_id,
        started_at
    from {{ ref('fct_contact') }}
    where
        not is_test
        and is_identified

),

-- Nearly every leg connects on its contact's own date: the others alone have to be looked for.
legs as (

    select
        contact_key,
        agent_date
    from {{ ref('fct_contact_leg') }}
    where
        is_owner_leg
        and agent_date != contact_date

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

-- Nearly every customer has one contact only: putting them all in order would cost most of what this model does.
-- Customers who share a hash do no harm here.
of_several as (

    select hash(customer_id) as customer_hash
    from customers
    group by hash(customer_id)
    having count(*) > 1

),

in_order as (

    select
        customers.contact_key,
        customers.started_at,
        lag(customers.started_at) over (
            partition by customers.customer_id order by customers.started_at, customers.contact_key
        ) as previous_at
    from customers
    semi join of_several on hash(customers.customer_id) = of_several.customer_hash

),

returning_contacts as (

    select contact_key
    from in_order
    where previous_at >= started_at - interval 7 day

),

handled as (

    select
        contacts.contact_key,
        contacts.contact_date,
        contacts.is_identified,
        contacts.topic,
        returning_contacts.contact_key is not null as is_returning,
        contacts.owner_agent_id as agent_id,
        coalesce(legs.agent_date, contacts.contact_date) as agent_date,
        coalesce(contacts.contact_date >= (select since.tags_from from since), false) as is_tag_recorded
    from contacts
    left join legs on contacts.contact_key = legs.contact_key
    left join returning_contacts on contacts.contact_key = returning_contacts.contact_key

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

    {{ in_centre_and_teams('counted_days') }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        *
    from counted_days

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

counted as (

    select
        base_scoped.scope_kind,
        base_scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        cast(sum(base_scoped.topic_base) as bigint) as topic_base,
        cast(sum(base_scoped.returning_base) as bigint) as returning_base,
        cast(sum(base_scoped.difficult_base) as bigint) as difficult_base
    from base_scoped
    inner join period_days on base_scoped.contact_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
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
