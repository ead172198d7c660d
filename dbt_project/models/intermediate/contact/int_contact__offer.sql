with

events as (

    select * from {{ ref('int_contact__event') }}
    where event_type in ('offered', 'declined', 'connected')

),

quarters as (

    select * from {{ ref('int_contact__quarter') }}

),

followed as (

    select
        contact_key,
        source_id,
        agent_id,
        queue_id,
        row_number() over to_agent as offer_number,
        event_type,
        occurred_at,
        lag(event_type) over to_agent as previous_type,
        lag(occurred_at) over to_agent as previous_at,
        lead(event_type) over to_agent as next_type
    from events
    window to_agent as (partition by contact_key, agent_id order by event_order, event_key)

),

-- A refusal stands for its offer; an offer that nothing of that agent follows, or only the next offer, went unanswered.
unanswered as (

    select
        *,
        if(event_type = 'declined' and previous_type = 'offered', previous_at, occurred_at) as offered_at
    from followed
    where
        event_type = 'declined'
        or (event_type = 'offered' and coalesce(next_type = 'offered', true))

)

select
    unanswered.contact_key,
    unanswered.source_id,
    unanswered.offer_number,
    unanswered.agent_id,
    unanswered.queue_id,
    unanswered.offered_at,
    quarters.local_date as agent_date
from unanswered
left join quarters on epoch_us(unanswered.offered_at) // 900000000 = quarters.quarter_number
