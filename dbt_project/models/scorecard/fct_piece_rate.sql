-- What the handled contacts of an agent and month are worth at the price of their channel or queue: a contact once,
-- however often he had it. An outage takes nobody's pay; only what is known to be invalid is none.
with

versions as (

    {{ policy_stretches('piece_rate') }}

),

rates as (

    select * from {{ ref('stg_policy_piece_rates') }}

),

handled as (

    select * from {{ ref('int_measure__handled_contact_day') }}

),

months as (

    select
        period_start as month_start,
        is_open
    from {{ ref('int_measure__period') }}
    where period_kind = 'month'

),

held as (

    select
        months.month_start,
        months.is_open,
        versions.version
    from months
    inner join versions
        on
            months.month_start >= versions.valid_from
            and months.month_start < versions.valid_to
    where versions.is_complete

),

-- The price of a queue goes before that of its channel.
priced as (

    select
        handled.agent_id,
        held.month_start,
        held.is_open,
        held.version,
        if(of_queue.version is null, 'channel', 'queue') as priced_as,
        coalesce(of_queue.queue_id, of_channel.channel) as priced_by,
        coalesce(of_queue.unit_price, of_channel.unit_price) as unit_price,
        coalesce(of_queue.currency, of_channel.currency) as currency,
        handled.contacts_handled,
        handled.contacts_invalid,
        handled.contacts_validity_unknown
    from handled
    inner join held on date_trunc('month', handled.contact_date) = held.month_start
    left join rates as of_queue
        on
            held.version = of_queue.version
            and handled.queue_id = of_queue.queue_id
    left join rates as of_channel
        on
            held.version = of_channel.version
            and handled.channel = of_channel.channel
    where of_queue.version is not null or of_channel.version is not null

),

counted as (

    select
        agent_id,
        month_start,
        priced_as,
        priced_by,
        sum(contacts_handled)::bigint as contacts_handled,
        sum(contacts_invalid)::bigint as contacts_invalid,
        sum(contacts_validity_unknown)::bigint as contacts_validity_unknown,
        unit_price,
        currency,
        is_open,
        version as policy_version
    from priced
    group by agent_id, month_start, priced_as, priced_by, unit_price, currency, is_open, version

)

select
    agent_id,
    month_start,
    priced_as,
    priced_by,
    contacts_handled,
    contacts_invalid,
    contacts_validity_unknown,
    contacts_handled - contacts_invalid as contacts_paid,
    unit_price,
    ((contacts_handled - contacts_invalid) * unit_price)::decimal(18, 6) as amount,
    currency,
    is_open,
    policy_version
from counted
order by agent_id, month_start, priced_as, priced_by
