-- What makes the gap between a value and its bound, part by part. Of the centre's agents those that make most of it and
-- least; what is between them stands in one row.
with centre_agent as (
    select
        *,
        row_number() over (
            partition by kpi_id, period_kind, period_start, part_kind order by contribution desc, part_id
        ) as from_top,
        row_number() over (
            partition by kpi_id, period_kind, period_start, part_kind order by contribution, part_id desc
        ) as from_bottom
    from scorecard.fct_metric_impact
    where whole_kind = 'centre' and split = 'agent'
),

told as (
    select
        kpi_id, period_kind, period_start, whole_kind, whole_id, split, part_kind, part_id, 1 as parts, numerator,
        denominator, n, contribution, gap_if_at_bound, leave_one_out, is_small, whole_value, bound, side, gap,
        formula_version, target_version
    from scorecard.fct_metric_impact
    where not (whole_kind = 'centre' and split = 'agent')
    union all
    select
        kpi_id, period_kind, period_start, whole_kind, whole_id, split, part_kind, part_id, 1 as parts, numerator,
        denominator, n, contribution, gap_if_at_bound, leave_one_out, is_small, whole_value, bound, side, gap,
        formula_version, target_version
    from centre_agent
    where part_kind != 'agent' or from_top <= 20 or from_bottom <= 20
    union all
    select
        kpi_id, period_kind, period_start, any_value(whole_kind), any_value(whole_id), any_value(split), 'others', 'others',
        count(*), sum(numerator), sum(denominator), sum(n), sum(contribution), any_value(gap) - sum(contribution), null, false,
        any_value(whole_value), any_value(bound), any_value(side), any_value(gap), any_value(formula_version),
        any_value(target_version)
    from centre_agent
    where part_kind = 'agent' and from_top > 20 and from_bottom > 20
    group by kpi_id, period_kind, period_start
)

select *
from told
order by kpi_id, period_kind, period_start, whole_kind, whole_id, split desc, contribution desc, part_id
