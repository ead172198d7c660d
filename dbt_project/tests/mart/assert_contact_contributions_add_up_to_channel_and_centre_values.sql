-- Whoever adds up the contacts of a channel, or of all, gets the raw numerator and denominator of every KPI made
-- of their measures.
with

contacts as (

    select
        unnest(['channel', 'centre']) as scope_kind,
        unnest([channel, 'centre']) as scope_id,
        * exclude (
            landing_day, file_name, record_number, line_number,
            contact_key,
            source_id,
            contact_id,
            customer_id,
            is_identified,
            channel,
            direction,
            queue_id,
            topic,
            started_at,
            ended_at,
            contact_date,
            half_hour_started_at,
            is_test,
            is_bot_only,
            is_header_missing,
            is_routing_missing,
            is_open,
            reopened_from,
            is_received, is_blocked, is_connected, is_handled, is_valid, wait_seconds, connected_at, first_agent_id,
            owner_agent_id, owner_leg_key, leg_count, duration_method
        )
    from {{ ref('fct_contact') }}

),

wide as (

    select
        scope_kind,
        scope_id,
        sum(columns(* exclude (scope_kind, scope_id)))::decimal(18, 4)
    from contacts
    group by scope_kind, scope_id

),

contributions as (

    unpivot wide
    on columns(* exclude (scope_kind, scope_id))
    into name measure value amount

),

kpi_values as (

    select
        fct_kpi_value.scope_kind,
        fct_kpi_value.scope_id,
        fct_kpi_value.kpi_id,
        unnest([dim_kpi.numerator_measure, dim_kpi.denominator_measure]) as measure,
        unnest([fct_kpi_value.raw_numerator, fct_kpi_value.raw_denominator]) as amount
    from {{ ref('fct_kpi_value') }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.period_kind = 'all'
        -- What is not recorded in a scope has no sums there.
        and fct_kpi_value.raw_numerator is not null

)

select
    kpi_values.scope_kind,
    kpi_values.scope_id,
    kpi_values.kpi_id,
    kpi_values.measure,
    kpi_values.amount,
    contributions.amount as contributed_amount
from kpi_values
inner join contributions
    on
        kpi_values.scope_kind = contributions.scope_kind
        and kpi_values.scope_id = contributions.scope_id
        and kpi_values.measure = contributions.measure
where kpi_values.amount is distinct from contributions.amount
