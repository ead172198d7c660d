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

),

-- Only sources that say which changes were approved tell of those that were not.
approvals as (

    select * from {{ ref('int_source__topic') }}
    where topic = 'state_approvals'

),

states as (

    select * from {{ ref('stg_agent_states') }}
    where
        agent_id is not null
        and state in ('busy', 'away', 'meal', 'training')

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
        cast(kind = 'wrap_up' as integer) as observed_wrap_ups,
        if(kind = 'wrap_up', observed_seconds, 0) as observed_wrap_up_seconds,
        if(kind = 'wrap_up', cast(observed_seconds as decimal(38, 3)) * observed_seconds, 0)
            as observed_wrap_up_seconds_squared,
        if(kind = 'listening', observed_seconds, 0) as listening_seconds,
        if(kind in ('listening', 'talking'), observed_seconds, 0) as listening_and_talking_seconds,
        if(
            kind in ('listening', 'talking'),
            coalesce(contact_key, concat_ws('@', observer_id, epoch_us(observed_at))),
            null
        ) as listened_to
    from observations
    union all by name
    -- Praise that names no agent is for the one who handled the contact last.
    select
        recognitions.source_id,
        recognitions.agent_id as account_name,
        owners.owner_agent_id as fallback_agent_id,
        recognitions.received_at as happened_at,
        1 as praises
    from recognitions
    left join owners on recognitions.contact_key = owners.contact_key
    union all by name
    select
        states.source_id,
        states.agent_id as account_name,
        states.started_at as happened_at,
        1 as state_changes,
        cast(states.approved_at is not null as integer) as state_changes_approved
    from states
    inner join approvals
        on
            states.source_id = approvals.source_id
            and states.started_at >= timezone(
                (select settings.time_zone from settings), cast(approvals.recorded_from as timestamp)
            )

),

identified as (

    select
        coalesce(accounts.agent_id, events.account_name, events.fallback_agent_id) as agent_id,
        cast(timezone((select settings.time_zone from settings), events.happened_at) as date) as agent_date,
        events.* exclude (source_id, account_name, fallback_agent_id, happened_at)  -- noqa: RF02
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
    cast(coalesce(sum(observed_wrap_ups), 0) as bigint) as observed_wrap_ups,
    cast(coalesce(sum(observed_wrap_up_seconds), 0) as decimal(18, 3)) as observed_wrap_up_seconds,
    cast(coalesce(sum(observed_wrap_up_seconds_squared), 0) as decimal(38, 6)) as observed_wrap_up_seconds_squared,
    cast(coalesce(sum(praises), 0) as bigint) as praises,
    cast(coalesce(sum(listening_seconds), 0) as decimal(18, 3)) as listening_seconds,
    cast(coalesce(sum(listening_and_talking_seconds), 0) as decimal(18, 3)) as listening_and_talking_seconds,
    count(distinct listened_to) as listening_observations,
    cast(coalesce(sum(state_changes), 0) as bigint) as state_changes,
    cast(coalesce(sum(state_changes_approved), 0) as bigint) as state_changes_approved
from identified
where agent_id is not null
group by agent_id, agent_date
