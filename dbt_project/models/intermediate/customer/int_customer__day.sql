with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

visits as (

    select * from {{ ref('int_visitor__day') }}

),

-- A rate needs both its sides: days and channels without visitor counts stay out. Nobody knows whether two contacts
-- without a customer are one person's, so each stands for itself.
consulting as (

    select
        contacts.contact_date,
        contacts.channel,
        if(contacts.is_identified, 'c' || contacts.customer_id, 'x' || contacts.contact_key) as person,
        min(contacts.started_at) as first_started_at
    from contacts
    semi join visits
        on
            contacts.contact_date = visits.visit_date
            and contacts.channel = visits.channel
    where not contacts.is_test
    group by all

),

-- Over the whole centre a customer-day counts once, with the channel it began on.
first_channel as (

    select
        *,
        row_number() over (partition by contact_date, person order by first_started_at, channel) = 1 as is_first
    from consulting

)

select
    contact_date,
    channel,
    count(*) as customer_days_channel,
    count(*) filter (where is_first) as customer_days_centre
from first_channel
group by contact_date, channel
