-- Whoever adds up the contacts of a channel, or of all, gets the raw numerator and denominator of every KPI made
-- of their measures.
with

channels as (

    select
        channel,
        contact_date as scope_date,
        {{ each_measure('sum({}) as {}', 'fct_contact') }}
    from {{ ref('fct_contact') }}
    where
        {{ is_valued() }}
        and {{ of_touched_months('contact_date') }}
    group by channel, contact_date

),

units as (

    select
        unnest(['channel', 'centre']) as scope_kind,
        unnest([channel, 'centre']) as scope_id,
        scope_date,
        {{ each_measure('{}', 'fct_contact') }}
    from channels

),

{{ values_unlike_their_records('fct_contact') }}
