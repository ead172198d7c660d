with

stays as (

    select * from {{ ref('int_queue__stay') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

ordered as (

    select
        *,
        min(visit_number) filter (where outcome = 'connected') over (partition by contact_key) as connected_visit_number
    from stays

)

-- The wait of a contact ends with its first connection: what it waits after a transfer belongs to the queues alone. It
-- is known when that of each stay before is; a refusal is none.
select
    ordered.contact_key,
    if(count(ordered.wait_ms) = count(*), cast(sum(ordered.wait_ms) as bigint), null) as wait_ms,
    if(count(ordered.wait_ms) = count(*), cast(sum(ordered.business_ms) as bigint), null) as business_ms
from ordered
inner join contacts on ordered.contact_key = contacts.contact_key
where
    ordered.outcome != 'blocked'
    and ordered.visit_number <= coalesce(ordered.connected_visit_number, ordered.visit_number)
    and (
        contacts.connected_at is null
        or ordered.entered_at <= contacts.connected_at
        or ordered.left_at = contacts.connected_at
    )
group by ordered.contact_key
