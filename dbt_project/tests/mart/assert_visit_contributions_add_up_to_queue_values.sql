-- Whoever adds up the stays in a queue gets the raw numerator and denominator of every KPI of the queue that is made of
-- their measures.
with

units as (

    select
        'queue' as scope_kind,
        queue_id as scope_id,
        contact_date as scope_date,
        {{ each_measure('{}', 'fct_queue_visit') }}
    from {{ ref('fct_queue_visit') }}
    where
        queue_id is not null
        and {{ is_valued() }}
        and {{ of_touched_months('contact_date') }}

),

{{ values_unlike_their_records('fct_queue_visit') }}
