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

-- A contact of one leg lasts as long as it; one of several from its first connection to its end, the ways included.
measured as (

    select
        spans.*,
        contacts.direction,
        case
            when spans.leg_count = 1 then spans.only_duration_ms
            when spans.is_end_unknown then null
            else
                greatest(
                    epoch_ms(spans.ended_at)
                    - epoch_ms(if(contacts.direction = 'callback', contacts.started_at, spans.connected_at)),
                    0
                )
        end as duration_ms
    from spans
    inner join contacts on spans.contact_key = contacts.contact_key

)

select
    contact_key,
    duration_ms,
    case
        when duration_ms is null then null
        when leg_count = 1 and is_duration_stated then 'stated'
        else
            if(direction = 'callback' or not is_connection_recorded, 'start', 'connected')
            || '_to_' || if(end_kind = 'last_message', 'last_message', 'end')
    end as duration_method
from measured
