with

state_days as (

    select * from {{ ref('int_state__agent_day') }}

),

leg_days as (

    select * from {{ ref('int_agent__leg_day') }}

),

headcount_days as (

    select
        agent_id,
        headcount_date as agent_date,
        is_employed as is_on_headcount,
        is_leaving_day as is_leaver,
        is_leaving_day and is_interviewed_outside as is_leaver_interviewed_outside
    from {{ ref('int_staff__headcount') }}
    where is_counted

),

review_days as (

    select * from {{ ref('int_review__made_day') }}

),

event_days as (

    select * from {{ ref('int_agent__event_day') }}

),

handled_days as (

    select
        agent_id,
        agent_date,
        sum(contacts_handled) as handled_legs
    from {{ ref('fct_contact_leg') }}
    where agent_id is not null
    group by agent_id, agent_date

),

shift_days as (

    select * from {{ ref('int_state__shift_day') }}

),

leader_days as (

    select * from {{ ref('int_staff__leader_day') }}

),

staff_days as (

    select * from {{ ref('int_staff__day') }}

),

-- A date counts where anything happened on it.
happenings as (

    select * from state_days
    union all by name
    select * from leg_days
    union all by name
    select * from handled_days
    union all by name
    select * from headcount_days
    union all by name
    select * from review_days
    union all by name
    select * from event_days
    union all by name
    select * from shift_days
    union all by name
    select * from leader_days

),

-- Each of them has at most one row per agent and date, so the largest value is the value.
collapsed as (

    select
        agent_id,
        agent_date,
        max(columns(* exclude (agent_id, agent_date)))
    from happenings
    group by agent_id, agent_date

),

-- Who had a contact worked that day, whether or not his states came. The cap is judged on days of work only; one that
-- nobody stated is none, for 0 would say that no contact is allowed.
capped as (

    select
        collapsed.*,
        coalesce(collapsed.signed_in_seconds > 0, false) as is_signed_in,
        coalesce(collapsed.signed_in_seconds > 0, false) or coalesce(collapsed.has_leg, false) as is_worked,
        if(is_worked, staff_days.max_concurrent, null) as cap
    from collapsed
    left join staff_days
        on
            collapsed.agent_id = staff_days.agent_id
            and collapsed.agent_date = staff_days.agent_date

)

select
    agent_id,
    agent_date,
    cast(is_worked as bigint) as agent_days,
    cast(is_signed_in as bigint) as state_agent_days,
    cast(coalesce(has_leg_with_states, false) and not is_signed_in as bigint) as agent_days_states_missing,
    cast(coalesce(handled_legs, 0) as bigint) as handled_legs_known_agent,
    cast(if(is_signed_in, coalesce(handled_legs, 0), 0) as bigint) as handled_legs_states_recorded,
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
    cast(if(is_signed_in, engaged_seconds, 0) as decimal(18, 3)) as occupied_seconds,
    cast(if(is_signed_in, engaged_seconds + available_seconds, 0) as decimal(18, 3)) as occupancy_seconds,
    cast(coalesce(is_on_headcount, false) as bigint) as headcount_days,
    cast(coalesce(is_leaver, false) as bigint) as leavers,
    coalesce(peak_concurrent_legs, 0) as peak_concurrent_legs,
    cap as configured_max_concurrent,
    cast(round(coalesce(peak_concurrent_legs, 0) / nullif(cap, 0), 4) as decimal(18, 4)) as peak_cap_share,
    cast(coalesce(reviews_made, 0) > 0 as bigint) as reviewer_days,
    coalesce(reviews_made, 0) as reviews_made,
    coalesce(observed_wrap_ups, 0) as observed_wrap_ups,
    cast(coalesce(observed_wrap_up_seconds, 0) as decimal(18, 3)) as observed_wrap_up_seconds,
    coalesce(praises, 0) as praises,
    cast(coalesce(is_leaver_interviewed_outside, false) as bigint) as leavers_interviewed_outside,
    cast(coalesce(listening_seconds, 0) as decimal(18, 3)) as listening_seconds,
    cast(coalesce(listening_and_talking_seconds, 0) as decimal(18, 3)) as listening_and_talking_seconds,
    cast(coalesce(listening_observations, 0) as bigint) as listening_observations,
    cast(coalesce(state_changes, 0) as bigint) as state_changes,
    cast(coalesce(state_changes_approved, 0) as bigint) as state_changes_approved,
    cast(coalesce(shift_seconds, 0) as decimal(18, 3)) as shift_seconds,
    cast(coalesce(shift_signed_in_seconds, 0) as decimal(18, 3)) as shift_signed_in_seconds,
    cast(coalesce(shift_days, 0) as bigint) as shift_days,
    cast(coalesce(leader_days, 0) as bigint) as leader_days,
    cast(coalesce(leader_days_with_plan, 0) as bigint) as leader_days_with_plan,
    cast(coalesce(leader_months_due, 0) as bigint) as leader_months_due,
    cast(coalesce(leader_months_met, 0) as bigint) as leader_months_met
from capped
