with

customers as (

    select * from {{ ref('int_kept__customer_day') }}

),

visits as (

    select * from {{ ref('int_visitor__day') }}

),

in_channels as (

    select
        *,
        unnest(channels) as channel,
        generate_subscripts(channels, 1) as place
    from customers

),

-- A rate needs both its sides: days and channels without visitor counts stay out.
counted as (

    select in_channels.*
    from in_channels
    semi join visits
        on
            in_channels.contact_date = visits.visit_date
            and in_channels.channel = visits.channel

),

-- Over the whole centre a customer-day counts once, with the channel it began on.
first_channel as (

    select
        *,
        row_number() over (partition by contact_date, channels order by place) = 1 as is_first
    from counted

)

select
    contact_date,
    channel,
    sum(customer_count)::bigint as customer_days_channel,
    coalesce(sum(customer_count) filter (where is_first), 0)::bigint as customer_days_centre
from first_channel
group by contact_date, channel
