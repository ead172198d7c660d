-- What is an agent's own: documents that he has not signed yet, plans about him, and what he was tested in, the last first.
with document as (
    select
        'agent' as scope_kind, agent_id as scope_id, 'document' as matter_kind, 1 as matter_order, document_id as matter_id,
        document_title, document_kind, addressed_at, read_at, acknowledge_by, is_overdue
    from scorecard.fct_document_due
),

plan as (
    select
        'agent' as scope_kind, if(subject_kind = 'person', subject_id, scope_id) as scope_id, 'plan' as matter_kind,
        2 as matter_order, plan_id as matter_id, kind as plan_kind, subject_kind, subject_id, kpi_id, owner_id, state as plan_state,
        starts_on, due_on, closed_on, days_late, before_numerator, before_denominator, before_rate, after_numerator,
        after_denominator, after_rate, change, ci_lower, ci_upper, verdict as plan_verdict
    from scorecard.fct_plan_effect
    where subject_kind = 'person' or scope_kind = 'agent'
),

test as (
    select
        'agent' as scope_kind, agent_id as scope_id, 'test' as matter_kind, 3 as matter_order, test_item_id as matter_id, taken_on,
        skill_test_id, test_kind, item as test_item, score, is_passed
    from scorecard.fct_skill_test
    where agent_id is not null
    qualify row_number() over (partition by agent_id order by taken_on desc, test_item_id) <= 50
),

matter as (
    from document
    union all by name
    from plan
    union all by name
    from test
)

select * exclude (matter_order)
from matter
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by scope_kind, scope_id, matter_order, acknowledge_by, due_on desc, taken_on desc, matter_id
