-- Whoever adds up an agent's legs and unanswered offers gets the raw numerator and denominator of every KPI made
-- of their measures.
with

units as (

    select
        * exclude (
            landing_day, file_name, record_number, line_number,
            leg_key,
            contact_key,
            leg_number,
            source_id,
            contact_id,
            channel,
            direction,
            queue_id,
            visit_key,
            contact_date,
            agent_date,
            connected_at, ended_at, end_kind, is_owner_leg, is_test
        )
    from {{ ref('fct_contact_leg') }}
    where agent_id is not null
    union all by name
    select
        agent_id,
        connect_attempts,
        connects
    from {{ ref('fct_agent_offer') }}
    where
        agent_id is not null
        and not is_test

),

wide as (

    select
        agent_id,
        coalesce(sum(columns(* exclude (agent_id))), 0)::decimal(18, 4)
    from units
    group by agent_id

),

contributions as (

    unpivot wide
    on columns(* exclude (agent_id))
    into name measure value amount

),

kpi_values as (

    select
        fct_kpi_value.scope_id as agent_id,
        fct_kpi_value.kpi_id,
        unnest([dim_kpi.numerator_measure, dim_kpi.denominator_measure]) as measure,
        unnest([fct_kpi_value.raw_numerator, fct_kpi_value.raw_denominator]) as amount
    from {{ ref('fct_kpi_value') }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.scope_kind = 'agent'
        and fct_kpi_value.period_kind = 'all'
        -- What is not recorded for an agent has no sums there.
        and fct_kpi_value.raw_numerator is not null

)

select
    kpi_values.agent_id,
    kpi_values.kpi_id,
    kpi_values.measure,
    kpi_values.amount,
    contributions.amount as contributed_amount
from kpi_values
inner join contributions
    on
        kpi_values.agent_id = contributions.agent_id
        and kpi_values.measure = contributions.measure
where kpi_values.amount is distinct from contributions.amount
