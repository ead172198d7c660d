with

events as (

    select * from {{ ref('int_contact__event') }}

),

contacts as (

    select
        contact_key,
        contact_date,
        is_test
    from {{ ref('int_contact__base') }}

),

-- Who came next has it, whether or not it was meant for him.
followed as (

    select
        contact_key,
        event_type,
        transfer_target_kind,
        occurred_at,
        agent_id,
        transfer_target_id,
        context_passed,
        row_number() over (partition by contact_key order by event_order, event_key) as event_number,
        first_value(
            if(event_type = 'connected', struct_pack(agent_id := agent_id, connected_at := occurred_at), null)
            ignore nulls
        ) over (
            partition by contact_key
            order by event_order, event_key
            rows between 1 following and unbounded following
        ) as next_connection
    from events

)

select
    followed.contact_key,
    followed.event_number,
    contacts.contact_date,
    contacts.is_test,
    followed.occurred_at as escalated_at,
    followed.agent_id as sender_id,
    followed.transfer_target_id as target_id,
    followed.context_passed,
    followed.next_connection.agent_id as taker_id,
    followed.next_connection.connected_at as taken_at
from followed
inner join contacts on followed.contact_key = contacts.contact_key
where
    followed.event_type = 'transferred'
    and followed.transfer_target_kind = 'supervisor'
