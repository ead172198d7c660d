with

transfers as (

    select * from {{ ref('int_contact__transfer') }}
    where is_completed

),

legs as (

    select * from {{ ref('int_contact__leg') }}

),

queues as (

    select * from {{ ref('stg_queues') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

expert_periods as (

    select
        queues.queue_id,
        queues.queue_kind,
        {{ local_instant('settings.time_zone', 'cast(queues.valid_from as timestamp)') }} as kind_from
    from queues
    cross join settings

),

routed as (

    select
        transfers.contact_key,
        transfers.event_order,
        transfers.event_key,
        transfers.leg_number,
        transfers.transfer_kind,
        transfers.transferred_at,
        transfers.transfer_target_kind in ('specialist', 'supervisor') as is_to_specialist,
        senders.queue_id as sender_queue_id,
        targets.queue_id as target_queue_id,
        targets.leg_number is null as is_out_of_sight
    from transfers
    inner join legs as senders
        on
            transfers.contact_key = senders.contact_key
            and transfers.leg_number = senders.leg_number
    left join legs as targets
        on
            transfers.contact_key = targets.contact_key
            and transfers.target_leg_number = targets.leg_number

),

parted as (

    select
        routed.contact_key,
        routed.event_order,
        routed.event_key,
        routed.leg_number,
        routed.transfer_kind,
        coalesce(routed.is_to_specialist, false)
        or coalesce(expert_periods.queue_kind = 'expert', false) as is_to_expert,
        not routed.is_out_of_sight
        and coalesce(routed.sender_queue_id = routed.target_queue_id, routed.target_queue_id is null) as is_in_queue
    from routed
    asof left join expert_periods
        on
            routed.target_queue_id = expert_periods.queue_id
            and routed.transferred_at >= expert_periods.kind_from

)

-- The parts of a contact are those of its first completed transfer, so that they add up to the whole.
select
    contact_key,
    leg_number,
    transfer_kind,
    case
        when is_to_expert then 'expert'
        when is_in_queue then 'same_queue'
        else 'other_queue'
    end as part,
    row_number() over (partition by contact_key, leg_number order by event_order, event_key) = 1 as is_first_of_leg,
    row_number() over (partition by contact_key order by event_order, event_key) = 1 as is_first_of_contact
from parted
