with

forecasts as (

    select * from {{ ref('stg_forecasts') }}

),

queues as (

    select
        queue_id,
        channel
    from {{ ref('dim_queue') }}

),

contacts as (

    select
        channel,
        started_at,
        contacts_received
    from {{ ref('fct_contact') }}
    where contacts_received > 0

),

visits as (

    select
        queue_id,
        entered_at,
        contacts_received
    from {{ ref('fct_queue_visit') }}
    where
        contacts_received > 0
        and queue_id is not null

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

-- What was forecast when it had begun is no forecast; of several the last counts.
counted as (

    select
        forecasts.*,
        forecasts.starts_at + to_minutes(forecasts.minutes) as ends_at,
        coalesce(forecasts.channel, queues.channel) as of_channel,
        coalesce('q' || forecasts.queue_id, 'c' || forecasts.channel) as place
    from forecasts
    left join queues on forecasts.queue_id = queues.queue_id
    where forecasts.made_at < forecasts.starts_at
    qualify
        row_number() over (
            partition by forecasts.queue_id, forecasts.channel, forecasts.starts_at
            order by forecasts.made_at desc, forecasts.source_id asc
        ) = 1

),

arrivals as (

    select
        'q' || queue_id as place,
        entered_at as arrived_at,
        contacts_received
    from visits
    union all
    select
        'c' || channel as place,
        started_at as arrived_at,
        contacts_received
    from contacts
    where channel in (select forecasts.channel from forecasts)

),

-- An arrival is of the forecast that began last.
held as (

    select
        place,
        starts_at,
        least(ends_at, lead(starts_at) over (partition by place order by starts_at)) as held_until
    from counted

),

-- By the quarters of an hour that it touches: an equal number joins at a third of the cost of the last instant before.
quarters as (

    select
        *,
        unnest(range(epoch_us(starts_at) // 900000000, (epoch_us(held_until) + 899999999) // 900000000))
            as quarter_number
    from held

),

received as (

    select
        quarters.place,
        quarters.starts_at,
        sum(arrivals.contacts_received) as received
    from arrivals
    inner join quarters
        on
            arrivals.place = quarters.place
            and epoch_us(arrivals.arrived_at) // 900000000 = quarters.quarter_number
            and arrivals.arrived_at >= quarters.starts_at
            and arrivals.arrived_at < quarters.held_until
    group by quarters.place, quarters.starts_at

),

ended as (

    select
        place,
        starts_at
    from counted
    where ends_at <= (select covered.as_of from covered)

),

by_queue as (

    select distinct
        of_channel,
        starts_at
    from counted
    where queue_id is not null

)

select
    counted.place || '@' || epoch_us(counted.starts_at) as forecast_id,
    counted.source_id,
    counted.landing_day,
    counted.file_name,
    counted.record_number,
    counted.line_number,
    counted.queue_id,
    counted.of_channel as channel,
    counted.starts_at,
    cast(counted.minutes as integer) as interval_minutes,
    cast(timezone((select settings.time_zone from settings), counted.starts_at) as date) as forecast_date,
    counted.made_at,
    cast(counted.forecast_contacts as double) as forecast_contacts,
    -- Where queues of a channel are forecast, the channel's own forecast of that time would count them twice.
    counted.queue_id is not null or by_queue.starts_at is null as is_in_centre,
    ended.place is not null as is_over,
    cast(if(is_over, coalesce(received.received, 0), 0) as bigint) as contacts_in_forecast_intervals,
    cast(if(is_over, abs(coalesce(received.received, 0) - counted.forecast_contacts), 0) as decimal(18, 4))
        as forecast_absolute_error,
    cast(is_over as bigint) as forecast_intervals
from counted
left join ended
    on
        counted.place = ended.place
        and counted.starts_at = ended.starts_at
left join received
    on
        counted.place = received.place
        and counted.starts_at = received.starts_at
left join by_queue
    on
        counted.channel = by_queue.of_channel
        and counted.starts_at = by_queue.starts_at
