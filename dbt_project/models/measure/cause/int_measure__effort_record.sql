{{ config(materialized='view') }}

-- Recorded work on causes of errors and complaints, and whether its cause was one of the vital few: those that the
-- centre made the most of in the calendar month before, in any table of causes of that kind.
with

time_records as (

    select * from {{ ref('fct_time_record') }}
    where cause_code is not null

),

vital_few as (

    select
        family,
        cause,
        period_end as counts_from
    from {{ ref('int_measure__cause_pareto') }}
    where
        scope_kind = 'centre'
        and period_kind = 'month'
        and is_vital_few

),

of_vital_few as (

    select time_records.time_record_id
    from time_records
    semi join vital_few
        on
            date_trunc('month', time_records.worked_on) = vital_few.counts_from
            and time_records.cause_code = vital_few.cause
            and time_records.cause_kind = case
                when vital_few.family in ('severe_error', 'general_error') then 'error_code'
                when vital_few.family in ('complaint', 'complaint_received') then 'complaint_leaf'
                else vital_few.family
            end

)

select
    time_records.time_record_id,
    time_records.agent_id,
    time_records.agent_date,
    time_records.worked_on,
    time_records.work_category,
    time_records.cause_kind,
    time_records.cause_code,
    time_records.plan_id,
    time_records.effort_minutes_of_causes as minutes,
    of_vital_few.time_record_id is not null as is_vital_few
from time_records
left join of_vital_few on time_records.time_record_id = of_vital_few.time_record_id
