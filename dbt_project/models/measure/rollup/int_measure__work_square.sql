-- One row per KPI group, agent, day, channel and queue of the work, and day of the contact: sums of the squares of
-- single times, for intervals of means, where these are not a contact's as a whole but each leg's or turn's, or were
-- observed.
with

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

turns as (

    select * from {{ ref('fct_message_turn') }}
    where {{ on_changed_dates('contact_date') }}

),

observations as (

    select
        agent_id,
        agent_date,
        agent_date as contact_date,
        observed_wrap_up_seconds_squared
    from {{ ref('int_agent__event_day') }}
    where {{ on_changed_dates('agent_date') }}

),

excluded as (

    select distinct
        contact_key,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

leg_squares as (

    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        contact_date,
        {{ squares_of('fct_contact_leg', in_team='sum') }}
    from legs

),

turn_squares as (

    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        contact_date,
        {{ squares_of('fct_message_turn') }}
    from turns

),

squares as (

    select * from leg_squares
    union all by name
    select * from turn_squares
    union all by name
    select * from observations

),

by_group as (

    select
        '' as kpi_group,
        squares.*  -- noqa: AM04
    from squares
    union all
    select
        excluded.kpi_group,
        squares.*
    from squares
    inner join excluded
        on squares.contact_key = excluded.contact_key

)

select
    kpi_group,
    agent_id,
    agent_date,
    channel,
    queue_id,
    contact_date as scope_date,
    {{ each_square_of_work('sum({}) as {}') }}
from by_group
group by kpi_group, agent_id, agent_date, channel, queue_id, contact_date
