with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

spans as (

    select
        contact_key,
        count(*) as leg_count,
        min(connected_at) as connected_at,
        max(ended_at) as ended_at,
        bool_or(ended_at is null) or max_by(end_kind, leg_number) = 'lost' as is_end_unknown,
        max_by(end_kind, leg_number) as end_kind,
        min(duration_ms) as only_duration_ms,
        bool_and(is_duration_stated) as is_duration_stated,
        bool_and(is_connection_recorded) as is_connection_recorded
    from legs
    group by contact_key

),

-- Handed on blindly and taken by nobody, a contact lasts longer than its last leg.
reached as (

    select
        spans.* exclude (ended_at),
        contacts.direction,
        contacts.started_at,
        coalesce(spans.end_kind = 'transferred' and contacts.ended_at > spans.ended_at, false) as is_lost_on_the_way,
        if(is_lost_on_the_way, contacts.ended_at, spans.ended_at) as ended_at
    from spans
    inner join contacts on spans.contact_key = contacts.contact_key

),

-- A contact of one leg lasts as long as it; one of several from its first connection to its end, the ways included.
measured as (

    select
        *,
        case
            when leg_count = 1 and not is_lost_on_the_way then only_duration_ms
            when is_end_unknown then null
            else
                greatest(
                    epoch_ms(ended_at)
                    - epoch_ms(if(direction = 'callback', started_at, connected_at)),
                    0
                )
        end as duration_ms
    from reached

)

select
    contact_key,
    duration_ms,
    case
        when duration_ms is null then null
        when leg_count = 1 and is_duration_stated and not is_lost_on_the_way then 'stated'
        else
            if(direction = 'callback' or not is_connection_recorded, 'start', 'connected')
            || '_to_' || if(end_kind = 'last_message', 'last_message', 'end')
    end as duration_method
from measured
