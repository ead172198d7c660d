-- Whoever adds up the contacts of a channel, or of all, gets the raw numerator and denominator of every KPI made
-- of their measures.
with

channels as (

    select
        channel,
        {{ each_measure('sum({}) as {}', 'fct_contact') }}
    from {{ ref('fct_contact') }}
    where {{ is_valued() }}
    group by channel

),

units as (

    select
        unnest(['channel', 'centre']) as scope_kind,
        unnest([channel, 'centre']) as scope_id,
        {{ each_measure('{}', 'fct_contact') }}
    from channels

),

{{ values_unlike_their_records('fct_contact') }}
