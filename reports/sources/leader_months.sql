-- Leaders of the last twelve months, month by month: their plan, the progress meeting that was due, what their time went into.
select
    leader_id, month_start, role, team_id, leads_from, is_new, plan_id, plan_kind, plan_state, plan_starts_on, plan_due_on,
    plan_closed_on, criteria_document_id, days_late, meetings_due, meetings_held, plan_meetings_due, plan_meetings_held,
    training_minutes, manager_minutes, firefighting_minutes, one_to_one_talks, tests_taken, tests_passed
from scorecard.fct_leader_development
qualify dense_rank() over (order by month_start desc) <= 12
order by month_start desc, team_id, leader_id
