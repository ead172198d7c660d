-- One row per KPI group, day and queue, channel or centre: sums over visits for a queue, over contacts for the
-- wider scopes, over customers and visitors where visitors are counted, and of what was forecast; and per team what
-- belongs to nobody in it.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

visits as (

    select * from {{ ref('fct_queue_visit') }}
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

customer_days as (

    select * from {{ ref('int_customer__day') }}
    where {{ on_changed_dates('contact_date') }}

),

site_visits as (

    select * from {{ ref('fct_site_visit') }}
    where {{ on_changed_dates('visit_date') }}

),

forecasts as (

    select
        *,
        '' as kpi_group,
        forecast_date as scope_date
    from {{ ref('fct_forecast_interval') }}
    where {{ on_changed_dates('forecast_date') }}

),

team_records as (

    select
        *,
        '' as kpi_group,
        record_date as scope_date
    from {{ ref('fct_team_record') }}
    where {{ on_changed_dates('record_date') }}

),

ancestors as (

    select * from {{ ref('int_team__ancestor') }}

),

excluded as (

    select distinct
        contact_key,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

visits_by_group as (

    select
        '' as kpi_group,
        queue_id,
        contact_date,
        {{ each_measure('{}', 'fct_queue_visit') }}
    from visits
    where queue_id is not null
    union all
    select
        excluded.kpi_group,
        visits.queue_id,
        visits.contact_date,
        {{ each_measure('visits.{}', 'fct_queue_visit') }}
    from visits
    inner join excluded
        on visits.contact_key = excluded.contact_key
    where visits.queue_id is not null

),

-- The square of each time that a visit or a contact has once, for intervals of means.
visits_with_squares as (

    select
        *,
        {{ squares_of('fct_queue_visit') }}
    from visits_by_group

),

contacts_by_group as (

    select
        '' as kpi_group,
        channel,
        contact_date,
        {{ each_measure('{}', 'fct_contact') }}
    from contacts
    union all
    select
        excluded.kpi_group,
        contacts.channel,
        contacts.contact_date,
        {{ each_measure('contacts.{}', 'fct_contact') }}
    from contacts
    inner join excluded
        on contacts.contact_key = excluded.contact_key

),

contacts_with_squares as (

    select
        *,
        {{ squares_of('fct_contact') }}
    from contacts_by_group

),

queue_days as (

    select
        kpi_group,
        'queue' as scope_kind,
        queue_id as scope_id,
        contact_date as scope_date,
        {{ each_measure('sum({}) as {}', 'fct_queue_visit') }},
        {{ each_measure('sum({}) as {}', 'fct_queue_visit', squares=true) }}
    from visits_with_squares
    group by kpi_group, queue_id, contact_date

),

channel_days as (

    select
        kpi_group,
        'channel' as scope_kind,
        channel as scope_id,
        contact_date as scope_date,
        {{ each_measure('sum({}) as {}', 'fct_contact') }},
        {{ each_measure('sum({}) as {}', 'fct_contact', squares=true) }}
    from contacts_with_squares
    group by kpi_group, channel, contact_date

),

visited_days as (

    select
        visit_date as scope_date,
        channel,
        sum(visitors) as visitors
    from site_visits
    group by visit_date, channel

),

-- Customers count only where visitors are counted too, so that both sides of the rate cover the same channels and
-- days.
consulting_days as (

    select
        '' as kpi_group,
        visited_days.scope_date,
        visited_days.channel,
        visited_days.visitors,
        coalesce(customer_days.customer_days_channel, 0) as customer_days_channel,
        coalesce(customer_days.customer_days_centre, 0) as customer_days_centre
    from visited_days
    left join customer_days
        on
            visited_days.scope_date = customer_days.contact_date
            and visited_days.channel = customer_days.channel

),

forecast_rows as (

    select  -- noqa: AM07
        'queue' as scope_kind,
        queue_id as scope_id,
        *
    from forecasts
    where queue_id is not null
    union all
    select
        'channel' as scope_kind,
        channel as scope_id,
        *
    from forecasts
    where is_in_centre and channel is not null
    union all
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        *
    from forecasts
    where is_in_centre

),

forecast_days as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        scope_date,
        {{ each_measure('sum({}) as {}', 'fct_forecast_interval') }}
    from forecast_rows
    group by kpi_group, scope_kind, scope_id, scope_date

),

-- A team that no list knows is its own.
team_rows as (

    select  -- noqa: AM07
        'team' as scope_kind,
        coalesce(ancestors.ancestor_team_id, team_records.team_id) as scope_id,
        team_records.*
    from team_records
    left join ancestors
        on
            team_records.team_id = ancestors.team_id
            and team_records.record_date >= ancestors.period_from
            and team_records.record_date < ancestors.period_to
    union all
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        *
    from team_records

),

team_record_days as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        scope_date,
        {{ each_measure('sum({}) as {}', 'fct_team_record') }}
    from team_rows
    group by kpi_group, scope_kind, scope_id, scope_date

)

-- By name: what has no queue says nothing of it.
select * from queue_days  -- noqa: AM07
union all by name
select * from channel_days
union all by name
select
    'centre' as scope_kind,
    'centre' as scope_id,
    * exclude (scope_kind, scope_id)  -- noqa: AM04
from channel_days
union all by name
select
    kpi_group,
    'channel' as scope_kind,
    channel as scope_id,
    scope_date,
    visitors,
    customer_days_channel as customer_days
from consulting_days
union all by name
select
    kpi_group,
    'centre' as scope_kind,
    'centre' as scope_id,
    scope_date,
    visitors,
    customer_days_centre as customer_days
from consulting_days
union all by name
select * from forecast_days
union all by name
select * from team_record_days
