with

state_days as (

    select * from {{ ref('int_state__agent_day') }}

),

leg_days as (

    select * from {{ ref('int_agent__leg_day') }}

),

headcount as (

    select * from {{ ref('fct_headcount_day') }}

),

reviews as (

    select * from {{ ref('fct_quality_review') }}

),

event_days as (

    select * from {{ ref('int_agent__event_day') }}

),

staff_days as (

    select * from {{ ref('int_staff__day') }}

),

review_days as (

    select
        reviewer_id as agent_id,
        review_date as agent_date,
        cast(sum(reviews) as bigint) as reviews_made
    from reviews
    group by reviewer_id, review_date
    having sum(reviews) > 0

),

keys as (

    select agent_id, agent_date from state_days
    union
    select agent_id, agent_date from leg_days
    union
    select agent_id, headcount_date as agent_date from headcount
    where headcount_days + leavers > 0
    union
    select agent_id, agent_date from review_days
    union
    select agent_id, agent_date from event_days

),

joined as (

    select
        keys.agent_id,
        keys.agent_date,
        state_days.* exclude (agent_id, agent_date),
        coalesce(leg_days.has_leg_without_states, false) as has_leg_without_states,
        leg_days.agent_id is not null as has_leg,
        headcount.headcount_days,
        headcount.leavers,
        review_days.reviews_made,
        event_days.* exclude (agent_id, agent_date),
        staff_days.max_concurrent
    from keys
    left join state_days
        on keys.agent_id = state_days.agent_id and keys.agent_date = state_days.agent_date
    left join leg_days
        on keys.agent_id = leg_days.agent_id and keys.agent_date = leg_days.agent_date
    left join headcount
        on keys.agent_id = headcount.agent_id and keys.agent_date = headcount.headcount_date
    left join review_days
        on keys.agent_id = review_days.agent_id and keys.agent_date = review_days.agent_date
    left join event_days
        on keys.agent_id = event_days.agent_id and keys.agent_date = event_days.agent_date
    left join staff_days
        on keys.agent_id = staff_days.agent_id and keys.agent_date = staff_days.agent_date

),

-- The cap is judged on days of work only; a cap that nobody stated is 0, never exceeded.
filled as (

    select
        * exclude (max_concurrent),
        coalesce(signed_in_seconds, 0) > 0 as is_signed_in,
        if(coalesce(signed_in_seconds, 0) > 0 or has_leg, coalesce(max_concurrent, 0), 0) as cap
    from joined

)

select
    agent_id,
    agent_date,
    cast(is_signed_in or has_leg_without_states as bigint) as agent_days,
    cast(is_signed_in as bigint) as state_agent_days,
    cast(coalesce(signed_in_seconds, 0) as decimal(18, 3)) as signed_in_seconds,
    cast(coalesce(ready_seconds, 0) as decimal(18, 3)) as ready_seconds,
    cast(coalesce(busy_seconds, 0) as decimal(18, 3)) as busy_seconds,
    cast(coalesce(away_seconds, 0) as decimal(18, 3)) as away_seconds,
    cast(coalesce(training_seconds, 0) as decimal(18, 3)) as training_seconds,
    cast(coalesce(wrap_up_state_seconds, 0) as decimal(18, 3)) as wrap_up_state_seconds,
    cast(coalesce(ready_seconds + wrap_up_state_seconds, 0) as decimal(18, 3)) as working_seconds,
    cast(coalesce(engaged_seconds, 0) as decimal(18, 3)) as engaged_seconds,
    cast(coalesce(engaged_sum_seconds, 0) as decimal(18, 3)) as engaged_sum_seconds,
    cast(coalesce(available_seconds, 0) as decimal(18, 3)) as available_seconds,
    cast(if(is_state_recorded, engaged_seconds, 0) as decimal(18, 3)) as occupied_seconds,
    cast(if(is_state_recorded, engaged_seconds + available_seconds, 0) as decimal(18, 3)) as occupancy_seconds,
    coalesce(headcount_days, 0) as headcount_days,
    coalesce(leavers, 0) as leavers,
    coalesce(peak_concurrent_legs, 0) as peak_concurrent_legs,
    cap as configured_max_concurrent,
    cast(coalesce(round(peak_concurrent_legs / nullif(cap, 0), 4), 0) as decimal(18, 4)) as peak_cap_share,
    cast(coalesce(reviews_made, 0) > 0 as bigint) as reviewer_days,
    coalesce(reviews_made, 0) as reviews_made,
    coalesce(observed_wrap_ups, 0) as observed_wrap_ups,
    cast(coalesce(observed_wrap_up_seconds, 0) as decimal(18, 3)) as observed_wrap_up_seconds,
    coalesce(praises, 0) as praises
from filled
