{{ config(materialized='view') }}

-- One row per expected KPI, scope and period with value, status and verdict. Amounts are exact decimals; the one
-- division comes last.
with

cells as (

    select
        *,
        (raw_numerator - excluded_numerator)::decimal(18, 4) as numerator,
        (raw_denominator - excluded_denominator)::decimal(18, 4) as denominator,
        raw_n - excluded_n as n
    from {{ ref('int_measure__kpi_cell') }}

),

settings as (

    select participation_gate from {{ ref('stg_centre_setting') }}

),

-- Nothing to measure is no value: neither 0 nor 100 %.
measured as (

    select
        cells.*,
        settings.participation_gate,
        cells.unmeasured_reason is null
        and if(cells.has_denominator, cells.denominator > 0, cells.n > 0) as is_measured,
        cells.unmeasured_reason is null
        and if(cells.has_denominator, cells.raw_denominator > 0, cells.raw_n > 0) as is_raw_measured
    from cells
    cross join settings

),

valued as (

    select
        *,
        if(is_measured, factor * numerator::double / if(has_denominator, denominator::double, 1), null)
            as value,  -- noqa: RF04
        if(is_raw_measured, factor * raw_numerator::double / if(has_denominator, raw_denominator::double, 1), null)
            as raw_value,
        case
            when not is_measured then coalesce(unmeasured_reason, 'no_cases')
            when n < min_sample then 'few_cases'
            when needs_participation and participants < participation_gate * invitations then 'low_participation'
        end as gate_reason
    from measured

),

placed as (

    select
        *,
        case
            when not is_measured then 'no_data'
            when gate_reason is not null then 'insufficient_sample'
            when value < lower_bound::double then 'below_band'
            when value > upper_bound::double then 'above_band'
            else 'in_band'
        end as status
    from valued

)

select
    *,  -- noqa: AM04
    case
        when status in ('no_data', 'insufficient_sample') or not is_judged then 'none'
        when provisional_cases > 0 then 'none'
        when lower_bound is null and upper_bound is null then 'none'
        when status = 'in_band' then 'good'
        when status = 'below_band' and (pleasant_side = 'low' or direction = 'lower') then 'too_good'
        when status = 'above_band' and (pleasant_side = 'high' or direction = 'higher') then 'too_good'
        when status = 'below_band' and (value >= alarm_lower::double or value >= reference_value::double) then 'watch'
        when status = 'above_band' and (value <= alarm_upper::double or value <= reference_value::double) then 'watch'
        else 'bad'
    end as verdict,
    coalesce(gate_reason, if(provisional_cases > 0, 'open_window', null)) as reason,
    is_open or provisional_cases > 0 as is_provisional
from placed
