with

pareto as (

    select * from {{ ref('int_measure__cause_pareto') }}

),

plans as (

    select * from {{ ref('fct_plan') }}
    where plan_state = 'open'

),

plans_by_subject as (

    select
        scope_kind,
        scope_id,
        subject_kind,
        subject_id,
        list(plan_id order by plan_id) as plan_ids
    from plans
    group by scope_kind, scope_id, subject_kind, subject_id

)

select
    pareto.family,
    pareto.scope_kind,
    pareto.scope_id,
    pareto.period_kind,
    pareto.period_start,
    pareto.period_end,
    pareto.cause,
    pareto.events,
    pareto.total,
    pareto.share,
    pareto.cumulative_share,
    pareto.position,
    pareto.is_other,
    pareto.is_vital_few,
    pareto.is_tied,
    pareto.is_other_too_large,
    pareto.people,
    pareto.is_enough,
    coalesce(plans_by_subject.plan_ids, []) as plan_ids
from pareto
left join plans_by_subject
    on
        pareto.scope_kind = plans_by_subject.scope_kind
        and pareto.scope_id = plans_by_subject.scope_id
        and pareto.cause = plans_by_subject.subject_id
        and plans_by_subject.subject_kind = case
            when pareto.family in ('severe_error', 'general_error') then 'error_code'
            when pareto.family in ('complaint', 'complaint_received') then 'complaint_leaf'
            else pareto.family
        end
order by
    pareto.family,
    pareto.scope_kind,
    pareto.scope_id,
    pareto.period_kind,
    pareto.period_start,
    pareto.position
