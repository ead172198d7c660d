-- Test contacts are facts, so that they can be found, but count in no number: all their measures are 0, and so are
-- those of their legs and of their stays in queues.
with

test_contacts as (

    select * from {{ ref('fct_contact') }}
    where is_test

),

legs as (

    select
        contact_key,
        greatest(*columns(* exclude (
            landing_day, file_name, record_number, line_number,
            leg_key, contact_key, leg_number, source_id, contact_id, channel, direction, queue_id, visit_key, agent_id,
            agent_date, contact_date, connected_at, ended_at, end_kind, is_owner_leg, is_test
        ))) as largest_measure
    from {{ ref('fct_contact_leg') }}
    where is_test

),

visits as (

    select
        contact_key,
        greatest(*columns(* exclude (
            landing_day, file_name, record_number, line_number,
            visit_key, contact_key, visit_number, source_id, contact_id, channel, direction, queue_id, contact_date,
            entered_at, left_at, outcome, exit_reason, is_line_missing, is_test
        ))) as largest_measure
    from {{ ref('fct_queue_visit') }}
    where is_test

),

contacts as (

    select
        contact_key,
        greatest(*columns(* exclude (
            landing_day, file_name, record_number, line_number,
            contact_key, source_id, contact_id, customer_id, is_identified, channel, direction, queue_id, topic,
            started_at, ended_at, contact_date, half_hour_started_at, is_test, is_bot_only, is_header_missing,
            is_routing_missing, is_open,
            reopened_from, is_received, is_blocked, is_connected, is_handled, is_valid, wait_seconds, connected_at,
            first_agent_id, owner_agent_id, owner_leg_key, leg_count, duration_method
        ))) as largest_measure
    from test_contacts

),

together as (

    select * from contacts
    union all
    select * from legs
    union all
    select * from visits

)

select
    contact_key,
    largest_measure
from together
where largest_measure > 0
