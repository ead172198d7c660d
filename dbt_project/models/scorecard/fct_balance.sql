-- Efficiency, customers and staff side by side: for each of them whether the last three periods were better than the
-- three before.
with

kpi_values as (

    select * from {{ ref('fct_kpi_value') }}
    where
        scope_kind in ('centre', 'team')
        and period_kind in ('month', 'quarter')

),

kpis as (

    select
        kpi_id,
        scale
    from {{ ref('dim_kpi') }}

),

-- Better is more, or less; turnover is that of a year, of which a month says little.
sides as (

    select
        side.kpi_id,
        side.position,
        side.is_more_better,
        side.is_of_a_year
    from (
        values
        ('contacts_per_agent_hour', 1, true, false),
        ('occupancy', 2, true, false),
        ('satisfaction_score', 3, true, false),
        ('staff_satisfaction', 4, true, false),
        ('staff_loyalty', 5, true, false),
        ('agent_turnover_rate', 6, false, true)
    ) as side (kpi_id, position, is_more_better, is_of_a_year)

),

told as (

    select
        kpi_values.scope_kind,
        kpi_values.scope_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        kpi_values.period_end,
        kpi_values.kpi_id,
        kpi_values.value,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n,
        kpi_values.is_provisional,
        sides.position,
        sides.is_more_better,
        kpis.scale,
        case
            when not sides.is_of_a_year then 3
            when kpi_values.period_kind = 'month' then 12
            else 4
        end as periods,
        (kpi_values.ci_upper - kpi_values.ci_lower) / 2 as half_width,
        row_number() over (
            partition by kpi_values.scope_kind, kpi_values.scope_id, kpi_values.period_kind, kpi_values.kpi_id
            order by kpi_values.period_start
        ) as period_number
    from kpi_values
    inner join sides on kpi_values.kpi_id = sides.kpi_id
    inner join kpis on kpi_values.kpi_id = kpis.kpi_id

),

-- Several periods together: their cases, and the width of the interval of their mean.
pooled as (

    select
        told.scope_kind,
        told.scope_id,
        told.period_kind,
        told.period_start,
        told.kpi_id,
        steps.periods_before,
        any_value(told.scale) * sum(parts.numerator) / nullif(sum(parts.denominator), 0) as value,  -- noqa: RF04
        sum(parts.n) as n,
        if(
            bool_and(parts.half_width is not null or coalesce(parts.n, 0) = 0),
            sqrt(sum(power(coalesce(parts.n, 0) * parts.half_width, 2))) / nullif(sum(parts.n), 0),
            null
        ) as half_width
    from told
    cross join (values (0), (3)) as steps (periods_before)
    inner join told as parts
        on
            told.scope_kind = parts.scope_kind
            and told.scope_id = parts.scope_id
            and told.period_kind = parts.period_kind
            and told.kpi_id = parts.kpi_id
            and told.period_number >= parts.period_number + steps.periods_before
            and told.period_number < parts.period_number + steps.periods_before + told.periods
    where told.period_number >= told.periods + steps.periods_before
    group by all

),

compared as (

    select
        told.*,
        recent.value as recent_value,
        recent.n as recent_n,
        earlier.value as past_value,
        earlier.n as past_n,
        recent.value - earlier.value as moved_by,
        -- Where an interval is not known, two in a hundred are no difference.
        abs(recent.value - earlier.value)
        <= coalesce(recent.half_width + earlier.half_width, 0.02 * abs(earlier.value)) as is_same
    from told
    left join pooled as recent
        on
            told.scope_kind = recent.scope_kind
            and told.scope_id = recent.scope_id
            and told.period_kind = recent.period_kind
            and told.period_start = recent.period_start
            and told.kpi_id = recent.kpi_id
            and recent.periods_before = 0
    left join pooled as earlier
        on
            told.scope_kind = earlier.scope_kind
            and told.scope_id = earlier.scope_id
            and told.period_kind = earlier.period_kind
            and told.period_start = earlier.period_start
            and told.kpi_id = earlier.kpi_id
            and earlier.periods_before = 3

),

judged as (

    select
        *,
        case
            when is_same is null then null
            when is_same then 'same'
            when (moved_by > 0) = is_more_better then 'better'
            else 'worse'
        end as direction
    from compared

)

select
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    period_end,
    kpi_id,
    position,
    value,
    n,
    recent_value,
    recent_n::bigint as recent_n,
    past_value,
    past_n::bigint as past_n,
    direction,
    is_provisional,
    coalesce(
        bool_or(kpi_id = 'contacts_per_agent_hour' and direction in ('better', 'same')) over of_period
        and bool_or(kpi_id = 'satisfaction_score' and direction = 'worse') over of_period
        and bool_or(kpi_id = 'agent_turnover_rate' and direction = 'worse') over of_period,
        false
    ) as is_vicious_circle
from judged
window of_period as (partition by scope_kind, scope_id, period_kind, period_start)
