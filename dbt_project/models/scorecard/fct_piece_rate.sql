-- What the handled contacts of an agent and month are worth at the price of their channel or queue: a contact once,
-- however often he had it. An outage takes nobody's pay; only what is known to be invalid is none.
with

versions as (

    {{ policy_stretches('piece_rate') }}

),

rates as (

    select * from {{ ref('stg_policy_piece_rates') }}

),

legs as (

    select
        contact_key,
        agent_id,
        channel,
        queue_id,
        contact_date
    from {{ ref('fct_contact_leg') }}
    where
        agent_id is not null
        and contacts_handled > 0
    qualify row_number() over (partition by contact_key, agent_id order by leg_number) = 1

),

contacts as (

    select
        contact_key,
        is_valid
    from {{ ref('fct_contact') }}

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
        legs.agent_id,
        held.month_start,
        held.is_open,
        held.version,
        if(of_queue.version is null, 'channel', 'queue') as priced_as,
        coalesce(of_queue.queue_id, of_channel.channel) as priced_by,
        coalesce(of_queue.unit_price, of_channel.unit_price) as unit_price,
        coalesce(of_queue.currency, of_channel.currency) as currency,
        contacts.is_valid
    from legs
    inner join held on date_trunc('month', legs.contact_date) = held.month_start
    inner join contacts on legs.contact_key = contacts.contact_key
    left join rates as of_queue
        on
            held.version = of_queue.version
            and legs.queue_id = of_queue.queue_id
    left join rates as of_channel
        on
            held.version = of_channel.version
            and legs.channel = of_channel.channel
    where of_queue.version is not null or of_channel.version is not null

),

counted as (

    select
        agent_id,
        month_start,
        priced_as,
        priced_by,
        count(*) as contacts_handled,
        count(*) filter (is_valid is false) as contacts_invalid,
        count(*) filter (is_valid is null) as contacts_validity_unknown,
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
