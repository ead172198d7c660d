-- The quality index of centre and teams in its parts, of the last thirteen months and quarters; of an agent on a site of his own.
select
    part.scope_kind, part.scope_id, part.period_kind, part.period_start, whole.quality_index::double as quality_index,
    part.index_state, part.measured_weight::double as measured_weight, part.position, part.kpi_id, part.value, part.n,
    part.reason, part.weight::double as weight, part.zero_low::double as zero_low, part.full_low::double as full_low,
    part.full_high::double as full_high, part.zero_high::double as zero_high, part.is_measured,
    part.attainment::double as attainment, part.points::double as points, whole.is_provisional, part.policy_version
from scorecard.fct_quality_index_part as part
inner join scorecard.fct_quality_index as whole using (scope_kind, scope_id, period_kind, period_start)
where ($scope_kind is null or part.scope_kind = $scope_kind)
    and ($scope_id is null or part.scope_id = $scope_id)
    and (part.scope_kind != 'agent' or (select count(*) = 1 from scorecard.dim_scope where scope_kind = 'agent'))
qualify dense_rank() over (partition by part.period_kind order by part.period_start desc) <= 13
order by period_kind, period_start desc, position
