{{ config(materialized='view') }}

-- One row per expected KPI, scope and period with value, interval, status, verdict and evidence.
with

cells as (

    select * from {{ ref('int_measure__kpi_interval') }}

),

settings as (

    select participation_gate from {{ ref('stg_centre_setting') }}

),

gated as (

    select
        cells.*,
        case
            when not cells.is_measured then coalesce(cells.unmeasured_reason, 'no_cases')
            when cells.n < cells.min_sample then 'few_cases'
            when
                cells.needs_participation
                and cells.participants < settings.participation_gate * cells.invitations
                then 'low_participation'
        end as gate_reason
    from cells
    cross join settings

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
    from gated

),

-- Of a value beyond its band: on which side that is, and what else lies between it and the band. Its interval is known
-- by the end that is nearest to the band; a limit that is not set holds nothing back.
outside as (

    select
        *,
        if(
            status = 'below_band',
            pleasant_side = 'low' or direction = 'lower',
            pleasant_side = 'high' or direction = 'higher'
        ) as is_pleasant,
        if(
            status = 'below_band',
            coalesce(value < alarm_lower::double, true) and coalesce(value < reference_value::double, true),
            coalesce(value > alarm_upper::double, true) and coalesce(value > reference_value::double, true)
        ) as is_far,
        if(status = 'below_band', ci_upper < lower_bound::double, ci_lower > upper_bound::double)
            as is_interval_beyond_band,
        coalesce(
            if(status = 'below_band', ci_upper < alarm_lower::double, ci_lower > alarm_upper::double),
            true
        ) as is_interval_beyond_alarm
    from placed

),

weighed as (

    select
        *,
        is_judged
        and provisional_cases <= 0
        and status in ('below_band', 'above_band') as is_judged_outside,
        -- What the value says of itself, the whole interval has to say; without one the value decides.
        not coalesce(is_interval_beyond_band and (is_pleasant or not is_far or is_interval_beyond_alarm), true)
            as may_be_chance
    from outside

)

select
    * exclude (  -- noqa: AM04
        is_pleasant, is_far, is_interval_beyond_band, is_interval_beyond_alarm, is_judged_outside, may_be_chance
    ),
    case
        when is_judged_outside and may_be_chance then 'watch'
        when is_judged_outside and is_pleasant then 'too_good'
        when is_judged_outside and is_far then 'bad'
        when is_judged_outside then 'watch'
        when status != 'in_band' or not is_judged or provisional_cases > 0 then 'none'
        when lower_bound is null and upper_bound is null then 'none'
        else 'good'
    end as verdict,
    case
        when not is_judged_outside then 'none'
        when may_be_chance then 'chance'
        when ci_lower is null then 'none'
        else 'clear'
    end as evidence,
    coalesce(gate_reason, if(provisional_cases > 0, 'open_window', null)) as reason,
    is_open or provisional_cases > 0 as is_provisional
from weighed
