with

plans as (

    select * from {{ ref('stg_plans') }}

),

time_records as (

    select * from {{ ref('stg_time_records') }}
    where plan_id is not null

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- Time sheets and plans come from different systems: a plan of the own source goes before one of the same name.
spent as (

    select
        plans.source_id,
        plans.plan_id,
        time_records.minutes
    from time_records
    cross join covered
    inner join plans on time_records.plan_id = plans.plan_id
    where time_records.worked_on <= covered.as_of_date
    qualify
        row_number() over (
            partition by time_records.source_id, time_records.record_id
            order by plans.source_id = time_records.source_id desc, plans.source_id asc
        ) = 1

),

minutes_by_plan as (

    select
        source_id,
        plan_id,
        sum(minutes)::bigint as minutes
    from spent
    group by source_id, plan_id

)

select
    plans.source_id || '/' || plans.plan_id as plan_id,
    plans.source_id,
    plans.landing_day,
    plans.file_name,
    plans.record_number,
    plans.line_number,
    plans.plan_kind,
    plans.subject_kind,
    plans.subject_id,
    plans.scope_kind,
    if(plans.scope_kind = 'centre', 'centre', plans.scope_id) as scope_id,
    plans.owner_id,
    plans.kpi_id,
    plans.baseline_from,
    plans.baseline_to,
    plans.target_value,
    plans.starts_on,
    plans.due_on,
    plans.closed_on,
    least(coalesce(plans.closed_on, covered.as_of_date + 1), plans.due_on + 1, covered.as_of_date + 1) as measured_to,
    plans.plan_state,
    plans.criteria_document_id,
    if(
        plans.plan_state = 'dropped',
        null,
        greatest(least(coalesce(plans.closed_on, covered.as_of_date), covered.as_of_date) - plans.due_on, 0)
    ) as days_late,
    coalesce(minutes_by_plan.minutes, 0) as minutes
from plans
cross join covered
left join minutes_by_plan
    on
        plans.source_id = minutes_by_plan.source_id
        and plans.plan_id = minutes_by_plan.plan_id
