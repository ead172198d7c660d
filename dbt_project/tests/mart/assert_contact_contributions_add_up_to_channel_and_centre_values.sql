-- Whoever adds up the contacts of a channel, or of all, gets the raw numerator and denominator of every KPI made
-- of their measures.
with

units as (

    select
        unnest(['channel', 'centre']) as scope_kind,
        unnest([channel, 'centre']) as scope_id,
        {{ each_measure('{}', 'fct_contact') }}
    from {{ ref('fct_contact') }}
    where {{ is_valued() }}

),

{{ values_unlike_their_records('fct_contact') }}
