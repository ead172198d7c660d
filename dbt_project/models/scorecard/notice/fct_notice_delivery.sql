-- One row per notice and channel that it was tried by, as the sender's ledger had it when this was built.
with

deliveries as (

    select * from {{ ref('stg_notice_delivery') }}

)

select
    notice_id,
    channel,
    any_value(notice_kind) as notice_kind,
    any_value(recipient_kind) as recipient_kind,
    any_value(recipient_id) as recipient_id,
    case
        when bool_or(delivery_state = 'sent') then 'sent'
        when bool_or(delivery_state = 'given_up') then 'given_up'
        else 'trying'
    end as delivery_state,
    max(attempt) as attempts,
    min(happened_at) as first_tried_at,
    max(happened_at) as last_at
from deliveries
group by notice_id, channel
order by first_tried_at, notice_id, channel
