{{ config(materialized='ephemeral') }}

-- One row per line of an assessment that comes of the person's own values and records, whatever it is about.
-- noqa: disable=AM07
with

components as (

    select * from {{ ref('int_assessment__component') }}

),

rewards as (

    select * from {{ ref('int_assessment__reward') }}

),

penalties as (

    select * from {{ ref('int_assessment__penalty') }}

),

unfit as (

    select * from {{ ref('int_assessment__unfit') }}

)

select
    person_kind,
    person_id,
    month_start,
    'component' as kind,
    1 as section_order,
    position as line_order,
    kpi_id,
    null as record_id,
    null as code,
    null::date as record_date,
    null::date as decided_date,
    null::date as landing_day,
    value,
    n,
    excluded_n,
    weight,
    attainment,
    points,
    lacking as note,
    formula_version,
    target_version,
    is_measured,
    measured_weight,
    false as is_counted
from components
union all by name
select
    person_kind,
    person_id,
    month_start,
    'reward' as kind,
    3 as section_order,
    0 as line_order,
    reward_id as record_id,
    ground as code,
    decided_date as record_date,
    decided_date,
    landing_day,
    points,
    note
from rewards
union all by name
select
    person_kind,
    person_id,
    month_start,
    kind,
    case kind when 'complaint' then 4 when 'error' then 5 else 6 end as section_order,
    -- Those that count first, in their order.
    if(is_counted, line_order, 1000000 + line_order) as line_order,
    record_id,
    code,
    record_date,
    decided_date,
    landing_day,
    -points as points,
    note,
    is_counted
from penalties
union all by name
select
    person_kind,
    person_id,
    month_start,
    'unfit' as kind,
    7 as section_order,
    0 as line_order,
    finding_id as record_id,
    'harassment' as code,
    occurred_on as record_date,
    decided_date,
    landing_day,
    0 as points
from unfit
