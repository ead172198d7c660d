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

-- What was forecast when it had begun is no forecast.
in_time as (

    select
        forecasts.*,
        forecasts.starts_at + to_minutes(forecasts.minutes) as ends_at,
        coalesce(forecasts.channel, queues.channel) as of_channel,
        coalesce('q' || forecasts.queue_id, 'c' || forecasts.channel) as place
    from forecasts
    left join queues on forecasts.queue_id = queues.queue_id
    where forecasts.made_at < forecasts.starts_at

),

-- Nearly every interval is forecast once: putting them all in order would cost a third of what this model does.
of_several as (

    select hash(queue_id, channel, starts_at) as interval_hash
    from in_time
    group by hash(queue_id, channel, starts_at)
    having count(*) > 1

),

-- Of several the last counts.
counted as (

    select in_time.*
    from in_time
    anti join of_several on hash(in_time.queue_id, in_time.channel, in_time.starts_at) = of_several.interval_hash
    union all
    select in_time.*
    from in_time
    semi join of_several on hash(in_time.queue_id, in_time.channel, in_time.starts_at) = of_several.interval_hash
    qualify
        row_number() over (
            partition by in_time.queue_id, in_time.channel, in_time.starts_at
            order by in_time.made_at desc, in_time.source_id asc
        ) = 1

),

-- Written down once: the numbers must be the same wherever they are read.
numbered as materialized (

    select
        *,
        row_number() over () as interval_number,
        ends_at <= (select covered.as_of from covered) as is_over
    from counted

),

-- An arrival is of the forecast that began last.
held as (

    select
        interval_number,
        queue_id,
        channel,
        starts_at,
        least(ends_at, lead(starts_at) over (partition by place order by starts_at)) as held_until
    from numbered

),

-- By the quarters of an hour that it touches: an equal number joins at a third of the cost of the last instant before.
quarters as (

    select
        interval_number,
        queue_id,
        channel,
        starts_at,
        held_until,
        unnest(range(epoch_us(starts_at) // 900000000, (epoch_us(held_until) + 899999999) // 900000000))
            as quarter_number
    from held

),

arrived as (

    select
        quarters.interval_number,
        visits.contacts_received
    from visits
    inner join quarters
        on
            visits.queue_id = quarters.queue_id
            and epoch_us(visits.entered_at) // 900000000 = quarters.quarter_number
            and visits.entered_at >= quarters.starts_at
            and visits.entered_at < quarters.held_until
    union all
    select
        quarters.interval_number,
        contacts.contacts_received
    from contacts
    inner join quarters
        on
            contacts.channel = quarters.channel
            and epoch_us(contacts.started_at) // 900000000 = quarters.quarter_number
            and contacts.started_at >= quarters.starts_at
            and contacts.started_at < quarters.held_until
    where quarters.queue_id is null

),

received as (

    select
        interval_number,
        sum(contacts_received) as received
    from arrived
    group by interval_number

),

by_queue as (

    select distinct
        of_channel,
        starts_at
    from numbered
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
    counted.is_over,
    cast(if(counted.is_over, coalesce(received.received, 0), 0) as bigint) as contacts_in_forecast_intervals,
    cast(if(counted.is_over, abs(coalesce(received.received, 0) - counted.forecast_contacts), 0) as decimal(18, 4))
        as forecast_absolute_error,
    cast(counted.is_over as bigint) as forecast_intervals
from numbered as counted
left join received on counted.interval_number = received.interval_number
left join by_queue
    on
        counted.channel = by_queue.of_channel
        and counted.starts_at = by_queue.starts_at
