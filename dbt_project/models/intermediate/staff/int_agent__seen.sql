with

leg_days as (

    select * from {{ ref('int_agent__leg_day') }}

),

-- Whoever has a state, a leg or a wrap-up on a date has a row of it here.
state_days as (

    select * from {{ ref('int_state__agent_day') }}

),

offers as (

    select * from {{ ref('int_kept__offer_day') }}

),

reviews as (

    select * from {{ ref('int_review__identified') }}

),

event_days as (

    select * from {{ ref('int_agent__event_day') }}

),

versions as (

    select * from {{ ref('int_staff__version') }}

),

memberships as (

    select * from {{ ref('stg_team_memberships') }}

),

days as (

    select
        agent_id,
        agent_date as seen_on
    from leg_days
    union all
    select
        agent_id,
        agent_date as seen_on
    from state_days
    union all
    select
        agent_id,
        agent_date as seen_on
    from offers
    union all
    select
        agent_id,
        review_date as seen_on
    from reviews
    union all
    select
        reviewer_id as agent_id,
        review_date as seen_on
    from reviews
    union all
    select
        agent_id,
        agent_date as seen_on
    from event_days
    union all
    select
        agent_id,
        valid_from as seen_on
    from versions
    union all
    select
        agent_id,
        valid_from as seen_on
    from memberships

)

select
    agent_id,
    min(seen_on) as first_seen_on
from days
where agent_id is not null
group by agent_id
