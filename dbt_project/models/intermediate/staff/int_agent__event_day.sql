with

accounts as (

    select * from {{ ref('int_agent__account') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

observations as (

    select * from {{ ref('stg_observations') }}
    where kind = 'wrap_up'

),

recognitions as (

    select * from {{ ref('stg_recognitions') }}
    where recognition_kind in ('praise_in_contact', 'praise_contact')

),

owners as (

    select
        contact_key,
        owner_agent_id
    from {{ ref('int_kept__contact') }}

),

events as (

    select
        source_id,
        agent_id as account_name,
        null as fallback_agent_id,
        observed_at as happened_at,
        1 as observed_wrap_ups,
        observed_seconds as observed_wrap_up_seconds,
        cast(observed_seconds as decimal(38, 3)) * observed_seconds as observed_wrap_up_seconds_squared,
        0 as praises
    from observations
    union all
    -- Praise that names no agent is for the one who handled the contact last.
    select
        recognitions.source_id,
        recognitions.agent_id as account_name,
        owners.owner_agent_id as fallback_agent_id,
        recognitions.received_at as happened_at,
        0 as observed_wrap_ups,
        0 as observed_wrap_up_seconds,
        0 as observed_wrap_up_seconds_squared,
        1 as praises
    from recognitions
    left join owners on recognitions.contact_key = owners.contact_key

),

identified as (

    select
        coalesce(accounts.agent_id, events.account_name, events.fallback_agent_id) as agent_id,
        cast(timezone((select settings.time_zone from settings), events.happened_at) as date) as agent_date,
        events.observed_wrap_ups,
        events.observed_wrap_up_seconds,
        events.observed_wrap_up_seconds_squared,
        events.praises
    from events
    asof left join accounts
        on
            events.source_id = accounts.source_id
            and events.account_name = accounts.account
            and events.happened_at >= accounts.mapped_from

)

select
    agent_id,
    agent_date,
    cast(sum(observed_wrap_ups) as bigint) as observed_wrap_ups,
    cast(sum(observed_wrap_up_seconds) as decimal(18, 3)) as observed_wrap_up_seconds,
    cast(sum(observed_wrap_up_seconds_squared) as decimal(38, 6)) as observed_wrap_up_seconds_squared,
    cast(sum(praises) as bigint) as praises
from identified
where agent_id is not null
group by agent_id, agent_date
