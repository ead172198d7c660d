-- What was forecast beside what came: of each queue, and added up in its channel and the centre.
with

intervals as (

    select * from {{ ref('fct_forecast_interval') }}

),

in_scopes as (

    select
        'queue' as scope_kind,
        queue_id as scope_id,
        *
    from intervals
    where queue_id is not null
    union all
    select
        'channel' as scope_kind,
        channel as scope_id,
        *
    from intervals
    where
        is_in_centre
        and channel is not null
    union all
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        *
    from intervals
    where is_in_centre

)

select
    scope_kind,
    scope_id,
    forecast_date,
    starts_at,
    interval_minutes,
    cast(sum(cast(forecast_contacts as decimal(18, 4))) as double) as forecast_contacts,
    bool_and(is_over) as is_over,
    cast(if(bool_and(is_over), sum(contacts_in_forecast_intervals), null) as bigint) as received_contacts,
    cast(
        if(
            bool_and(is_over),
            sum(contacts_in_forecast_intervals) - sum(cast(forecast_contacts as decimal(18, 4))),
            null
        ) as double
    ) as difference,
    cast(sum(forecast_absolute_error) as decimal(18, 4)) as forecast_absolute_error
from in_scopes
group by scope_kind, scope_id, forecast_date, starts_at, interval_minutes
