-- One row per line of an assessment, in the order in which they are read: they add up to the total before rounding.
with

own_lines as (

    select * from {{ ref('int_assessment__told_line') }}

),

led_lines as (

    select * from {{ ref('int_assessment__led_line') }}

),

results as (

    select * from {{ ref('int_assessment__result') }}

),

lines as (

    select
        person_kind,
        person_id,
        month_start,
        kind,
        section_order,
        line_order,
        kpi_id,
        record_id,
        code,
        record_date,
        decided_date,
        landing_day,
        value,
        n,
        excluded_n,
        weight,
        attainment,
        points,
        appeal_state,
        appeal_granted_date,
        appeal_until,
        is_appeal_late,
        note,
        formula_version,
        target_version
    from own_lines
    union all by name
    select
        person_kind,
        person_id,
        month_start,
        'team' as kind,
        2 as section_order,
        0 as line_order,
        team_id as record_id,
        total_points as value, -- noqa: RF04
        led_days as n,
        weight,
        points,
        if(is_assessed, null, 'team_not_assessed') as note
    from led_lines
    union all by name
    select
        person_kind,
        person_id,
        month_start,
        'clip' as kind,
        8 as section_order,
        0 as line_order,
        clip_points as points,
        if(clip_points > 0, 'floor', 'ceiling') as note
    from results
    where clip_points != 0

)

select
    person_kind,
    person_id,
    month_start,
    row_number() over (
        partition by person_kind, person_id, month_start
        order by section_order, line_order, record_date, record_id, kpi_id
    ) as line_no,
    kind,
    kpi_id,
    record_id,
    code,
    record_date,
    decided_date,
    landing_day,
    cast(value as double) as value, -- noqa: RF04
    cast(n as bigint) as n,
    cast(excluded_n as bigint) as excluded_n,
    cast(weight as decimal(18, 6)) as weight,
    cast(round(attainment, 6) as decimal(18, 6)) as attainment,
    cast(points as decimal(18, 6)) as points,
    appeal_state,
    appeal_granted_date,
    appeal_until,
    is_appeal_late,
    note,
    formula_version,
    target_version
from lines
