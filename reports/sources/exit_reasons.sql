-- Why people left the centre and each team, by period, most first. A reason that the centre's list does not have (health, family)
-- is told as personal; `other` is none at all.
with listed as (
    select code
    from scorecard.dim_code
    where code_list = 'exit_reasons' and is_known
),

told as (
    select
        pareto.scope_kind, pareto.scope_id, pareto.period_kind, pareto.period_start, pareto.events,
        case when pareto.is_other then 'other' when listed.code is null then 'personal' else pareto.cause end as leave_reason
    from scorecard.fct_cause_pareto as pareto
    left join listed on pareto.cause = listed.code
    where pareto.family = 'leave_reason' and pareto.scope_kind in ('centre', 'team')
)

select scope_kind, scope_id, period_kind, period_start, leave_reason, sum(events)::bigint as leavers
from told
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
group by scope_kind, scope_id, period_kind, period_start, leave_reason
order by period_kind, period_start, leave_reason = 'other', leavers desc, leave_reason
