-- Of each split the parts have together exactly what the whole has, and make its gap, to the last bits of a division.
with

parts as (

    select
        kpi_id,
        period_kind,
        period_start,
        whole_kind,
        whole_id,
        split,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(contribution) as contribution,
        sum(abs(contribution)) as sum_of_sizes,
        min(gap) as gap,
        max(gap) as largest_gap,
        min(if(side = 'upper', whole_value - bound, bound - whole_value)) as distance,
        max(if(side = 'upper', whole_value - bound, bound - whole_value)) as largest_distance
    from {{ ref('fct_metric_impact') }}
    group by kpi_id, period_kind, period_start, whole_kind, whole_id, split

),

wholes as (

    select * from {{ ref('fct_kpi_value') }}

)

select
    parts.kpi_id,
    parts.period_kind,
    parts.period_start,
    parts.whole_kind,
    parts.whole_id,
    parts.split,
    parts.contribution,
    parts.gap,
    parts.distance,
    parts.numerator,
    wholes.numerator as whole_numerator,
    parts.denominator,
    wholes.denominator as whole_denominator
from parts
left join wholes
    on
        parts.kpi_id = wholes.kpi_id
        and parts.whole_kind = wholes.scope_kind
        and parts.whole_id = wholes.scope_id
        and parts.period_kind = wholes.period_kind
        and parts.period_start = wholes.period_start
where
    parts.numerator is distinct from wholes.numerator
    or parts.denominator is distinct from wholes.denominator
    or parts.gap != parts.largest_gap
    or parts.distance != parts.largest_distance
    or abs(parts.contribution - parts.gap) > 1e-9 * greatest(parts.sum_of_sizes, 1)
    or abs(parts.distance - parts.gap) > 1e-9 * greatest(parts.sum_of_sizes, 1)
