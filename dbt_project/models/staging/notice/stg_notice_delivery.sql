with

source as (

    select * from {{ source('notice_ledger', 'notice_delivery') }}

)

-- What is folded into a file of its day stands in two files where a fold was cut off.
select distinct
    notice_id,
    channel,
    notice_kind,
    recipient_kind,
    recipient_id,
    attempt,
    delivery_state,
    happened_at
from source
