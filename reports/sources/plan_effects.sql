-- Every plan about errors, complaints and the like, with what was before and after it, the open ones and the latest due first.
select
    plan_id, kind, subject_kind, subject_id, kpi_id, scope_kind, scope_id, owner_id, state, starts_on, due_on, closed_on,
    days_late, minutes, before_from, before_to, before_numerator, before_denominator, before_rate, after_from, after_to,
    after_numerator, after_denominator, after_rate, change, ci_lower, ci_upper, elsewhere_before, elsewhere_after,
    target_value, is_target_reached, verdict
from scorecard.fct_plan_effect
where subject_kind != 'person' and scope_kind in ('centre', 'team')
order by state != 'open', due_on desc, plan_id
