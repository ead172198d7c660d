with

queues as (

    select * from {{ ref('stg_queues') }}

),

versions as (

    select
        queue_id,
        channel,
        queue_kind,
        team_id,
        valid_from
    from queues
    qualify row_number() over (partition by queue_id, valid_from order by source_id desc) = 1

)

select
    queue_id,
    channel,
    coalesce(queue_kind, 'normal') as queue_kind,
    team_id,
    -- The first version also describes the time before it.
    if(row_number() over by_queue = 1, date '0001-01-01', valid_from) as valid_from,
    coalesce(lead(valid_from) over by_queue, date '9999-12-31') as valid_to
from versions
window by_queue as (partition by queue_id order by valid_from)
