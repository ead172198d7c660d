-- One row per half hour and centre, channel or queue: measures of the contacts that started in it (for a queue, of
-- their visits there), and at the centre the time of agents spent in it.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where not is_test

),

visits as (

    select * from {{ ref('fct_queue_visit') }}
    where
        not is_test
        and queue_id is not null

),

state_half_hours as (

    select * from {{ ref('int_state__half_hour') }}

),

channel_half_hours as (

    select
        'channel' as scope_kind,
        channel as scope_id,
        contact_date as scope_date,
        half_hour_started_at,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number,
            contact_key, source_id, contact_id, customer_id, is_identified, channel, direction, queue_id, topic,
            started_at, ended_at, contact_date, half_hour_started_at, is_test, is_bot_only, is_header_missing,
            is_routing_missing, is_open,
            reopened_from, is_received, is_blocked, is_connected, is_handled, is_valid, wait_seconds, connected_at,
            first_agent_id, owner_agent_id, owner_leg_key, leg_count, duration_method
        )))
    from contacts
    group by channel, contact_date, half_hour_started_at

),

visit_half_hours as (

    select
        contacts.half_hour_started_at,
        visits.*
    from visits
    inner join contacts
        on visits.contact_key = contacts.contact_key

),

together as (

    select * from channel_half_hours
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        * exclude (scope_kind, scope_id)
    from channel_half_hours
    union all by name
    select
        'queue' as scope_kind,
        queue_id as scope_id,
        contact_date as scope_date,
        * exclude (
            landing_day, file_name, record_number, line_number,
            visit_key, contact_key, visit_number, source_id, contact_id, channel, direction, queue_id, contact_date,
            entered_at, left_at, outcome, exit_reason, is_line_missing, is_test
        )
    from visit_half_hours
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        agent_date as scope_date,
        * exclude (agent_id, agent_date, peak_concurrent_legs)
    from state_half_hours

)

select
    scope_kind,
    scope_id,
    scope_date,
    half_hour_started_at,
    coalesce(sum(columns(* exclude (scope_kind, scope_id, scope_date, half_hour_started_at))), 0)::decimal(18, 4)
from together
group by scope_kind, scope_id, scope_date, half_hour_started_at
