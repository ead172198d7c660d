with

talks as (

    select * from {{ ref('stg_coaching_sessions') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

legs as (

    select * from {{ ref('int_kept__leg') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

held as (

    select
        *,
        cast(timezone((select settings.time_zone from settings), started_at) as date) as coaching_date
    from talks
    where started_at <= (select covered.as_of from covered)

),

with_agent as (

    {{ by_account('held', 'agent_id', 'started_at') }}

),

with_coach as (

    {{ by_account('with_agent', 'coach_id', 'started_at') }}

),

own_parts as (

    select
        legs.contact_key,
        legs.agent_id,
        max(legs.ended_at) as ended_at
    from legs
    semi join with_coach
        on
            legs.contact_key = with_coach.contact_key
            and legs.agent_id = with_coach.agent_id
    group by legs.contact_key, legs.agent_id

),

-- The agent is left in peace from the end of his own part of the contact on, whoever goes on with it.
placed as (

    select
        with_coach.*,
        contacts.channel,
        contacts.queue_id,
        coalesce(own_parts.ended_at, contacts.ended_at) as part_ended_at,
        contacts.contact_key is not null and not contacts.is_test as is_counted
    from with_coach
    left join contacts on with_coach.contact_key = contacts.contact_key
    left join own_parts
        on
            with_coach.contact_key = own_parts.contact_key
            and with_coach.agent_id = own_parts.agent_id

)

-- It is the coach who must wait, so a talk stands under him. A talk about no contact, or about one of which nobody
-- knows when it ended, is in no denominator.
select
    contact_key,
    source_id || '/' || coaching_id as coaching_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    coach_id as agent_id,
    coaching_date,
    coaching_date as agent_date,
    channel,
    queue_id,
    agent_id as coached_agent_id,
    coaching_kind,
    coaching_place,
    plan_id,
    is_account_different,
    cast(is_counted and part_ended_at is not null as bigint) as coachings_of_contacts,
    cast(
        is_counted
        and coalesce(
            epoch_us(started_at) - epoch_us(part_ended_at)
            >= 60000000 * (select settings.coaching_delay_minutes from settings),
            false
        ) as bigint
    ) as coachings_after_delay
from placed
