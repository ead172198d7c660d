with

events as (

    select * from {{ ref('int_contact__event') }}
    where event_type = 'connected'

)

select
    contact_key,
    source_id,
    cast(row_number() over in_contact as integer) as leg_number,
    event_order,
    agent_id,
    queue_id,
    occurred_at as connected_at,
    row_number() over with_agent > 1 as is_again
from events
window
    in_contact as (partition by contact_key order by event_order, event_key),
    with_agent as (partition by contact_key, agent_id order by event_order, event_key)
