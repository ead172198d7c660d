-- Causes add up to their family, in records and points, and at the centre both are the records of the period, counted
-- from their own dates; money is what stands in the settings for so many.
with

told as (

    select * from {{ ref('fct_cumulative_impact') }}

),

told_of_centre as (

    select * from told
    where
        scope_kind = 'centre'
        and cause != '*'

),

covered as (

    select
        period_start,
        period_end
    from {{ ref('int_measure__period') }}
    where period_kind = 'all'

),

records as (

    select
        records.family,
        records.cause,
        records.scope_date,
        covered.period_start as first_date
    from {{ ref('fct_cause_record') }} as records
    inner join covered
        on
            records.scope_date >= covered.period_start
            and records.scope_date < covered.period_end
    where
        not records.is_excluded
        and records.family in ('severe_error', 'general_error', 'knowledge_point', 'complaint')

),

counted as (

    select
        records.family,
        records.cause,
        kinds.period_kind,
        case kinds.period_kind
            when 'all' then records.first_date
            else date_trunc(kinds.period_kind, records.scope_date)::date
        end as period_start,
        count(*) as events
    from records
    cross join (values ('month'), ('year'), ('all')) as kinds (period_kind)
    group by all

),

families as (

    select
        family,
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        coalesce(sum(events) filter (cause = '*'), 0) as events,
        coalesce(sum(events) filter (cause != '*'), 0) as by_cause,
        coalesce(sum(points_deducted) filter (cause = '*'), -1)
        != coalesce(sum(points_deducted) filter (cause != '*'), -1) as has_other_points,
        bool_or(coalesce(money, -1) != coalesce(events * cost_per_event, -1)) as has_other_money
    from told
    group by family, scope_kind, scope_id, period_kind, period_start

)

select
    family,
    scope_id,
    period_kind,
    period_start,
    '*' as cause,
    events,
    by_cause as expected
from families
where
    events != by_cause
    or has_other_points
    or has_other_money
union all by name
select
    coalesce(told_of_centre.family, counted.family) as family,  -- noqa: RF04
    'centre' as scope_id,
    coalesce(told_of_centre.period_kind, counted.period_kind) as period_kind,
    coalesce(told_of_centre.period_start, counted.period_start) as period_start,
    coalesce(told_of_centre.cause, counted.cause) as cause,
    told_of_centre.events,
    counted.events as expected
from counted
full outer join told_of_centre
    on
        counted.family = told_of_centre.family
        and counted.period_kind = told_of_centre.period_kind
        and counted.period_start = told_of_centre.period_start
        and counted.cause = told_of_centre.cause
where told_of_centre.events is distinct from counted.events
