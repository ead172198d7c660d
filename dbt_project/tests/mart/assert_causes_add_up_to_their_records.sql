-- The causes of a family, scope and period add up to its total, their shares to one, and the last of them has reached
-- one. Where a KPI counts the same records, the total is the numerator of its adjusted value.
with

causes as (

    select * from {{ ref('fct_cause_pareto') }}

),

kpi_values as (

    select kpi_values.*
    from {{ reckoned_values() }} as kpi_values
    where
        kpi_values.kpi_id in (
            'severe_errors_per_100_reviews', 'general_errors_per_100_reviews', 'upheld_complaints_per_1000',
            'complaint_rate', 'avoidable_contact_rate'
        )
        and kpi_values.scope_kind in ('centre', 'team', 'channel')
        and kpi_values.period_kind in ('month', 'quarter', 'year', 'trailing_28')
        and kpi_values.numerator is not null

),

totals as (

    select
        family,
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        any_value(total) as total,
        sum(events) as events,
        sum(share) as share_sum,
        max(cumulative_share) as last_share,
        count(distinct total) as totals,
        sum(position) as positions,
        count(*) as causes
    from causes
    group by family, scope_kind, scope_id, period_kind, period_start

),

-- Of the windows that trail only the latest has a table.
latest as (

    select max(period_end) as latest_end
    from {{ ref('fct_kpi_value') }}
    where period_kind = 'trailing_28'

),

counted as (

    select
        kpi_values.scope_kind,
        kpi_values.scope_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        kpi_values.numerator,
        case kpi_values.kpi_id
            when 'severe_errors_per_100_reviews' then 'severe_error'
            when 'general_errors_per_100_reviews' then 'general_error'
            when 'upheld_complaints_per_1000' then 'complaint'
            when 'complaint_rate' then 'complaint_received'
            else 'avoidable'
        end as family  -- noqa: RF04
    from kpi_values
    cross join latest
    where
        kpi_values.period_kind != 'trailing_28'
        or kpi_values.period_end = latest.latest_end

)

select
    family,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    'parts' as found
from totals
where
    total != events
    or totals != 1
    or abs(share_sum - 1) > 1e-9
    or last_share != 1
    or positions != causes * (causes + 1) / 2
union all
select
    counted.family,
    counted.scope_kind,
    counted.scope_id,
    counted.period_kind,
    counted.period_start,
    'kpi' as found
from counted
left join totals
    on
        counted.family = totals.family
        and counted.scope_kind = totals.scope_kind
        and counted.scope_id = totals.scope_id
        and counted.period_kind = totals.period_kind
        and counted.period_start = totals.period_start
where counted.numerator != coalesce(totals.total, 0)
