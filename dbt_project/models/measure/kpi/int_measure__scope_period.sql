-- One row per KPI group, scope and period whose values are made anew: every additive measure summed. Each kind of
-- period is summed from the next shorter one that divides it; months are kept, so that no day of a year is read again.
{# Squares outgrow what their roots fit into. #}
{%- set summed -%}
    {{ each_measure('sum({})::decimal(18, 4) as {}') }},
        {{ each_measure('sum({})::decimal(38, 8) as {}', squares=true) }}
{%- endset -%}

with

covered as (

    select
        valued_from,
        kept_from
    from {{ ref('int_as_of') }}

),

touched_periods as (

    select * from {{ ref('int_measure__touched_period') }}

),

period_days as (

    select period_days.*
    from {{ ref('int_measure__period_day') }} as period_days
    semi join touched_periods
        on
            period_days.period_kind = touched_periods.period_kind
            and period_days.period_start = touched_periods.period_start

),

-- Days whose records are gone in part have their values already, and so have their months: records go by whole years.
days as (

    select scope_days.*
    from {{ ref('int_measure__scope_day') }} as scope_days
    cross join covered
    where
        covered.kept_from is null
        or scope_days.scope_date >= covered.kept_from

),

-- A complaint from before the first contact counts.
months as (

    select scope_months.* rename (month_start as period_start)  -- noqa: RF02
    from {{ ref('int_measure__scope_month') }} as scope_months
    cross join covered
    where
        covered.kept_from is null
        or scope_months.month_start >= covered.kept_from

),

trailing_days as (

    select * from period_days
    where starts_with(period_kind, 'trailing')

),

touched_weeks as (

    select period_start
    from touched_periods
    where period_kind = 'week'

),

weeks as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        date_trunc('week', scope_date)::date as period_start,
        {{ summed }}
    from days
    where date_trunc('week', scope_date)::date in (select touched_weeks.period_start from touched_weeks)
    group by kpi_group, scope_kind, scope_id, date_trunc('week', scope_date)

),

quarters as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        date_trunc('quarter', period_start)::date as period_start,
        {{ summed }}
    from months
    group by kpi_group, scope_kind, scope_id, date_trunc('quarter', period_start)

),

years as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        date_trunc('year', period_start)::date as period_start,
        {{ summed }}
    from quarters
    group by kpi_group, scope_kind, scope_id, date_trunc('year', period_start)

),

everything as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        {{ summed }}
    from years
    group by kpi_group, scope_kind, scope_id

),

centre_days as (

    select * from days
    where scope_kind = 'centre'

),

-- Trailing periods end on every day for the centre, on the latest for the others: told apart before their days are
-- looked up, since all scopes on all of them would be sixty times as many.
told_days as (

    select
        trailing_days.period_kind,
        trailing_days.period_start,
        days.*
    from days
    inner join trailing_days
        on days.scope_date = trailing_days.period_date
    where trailing_days.is_for_every_scope
    union all
    select
        trailing_days.period_kind,
        trailing_days.period_start,
        centre_days.*
    from centre_days
    inner join trailing_days
        on centre_days.scope_date = trailing_days.period_date
    where not trailing_days.is_for_every_scope

),

trailing_sums as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        {{ summed }}
    from told_days
    group by kpi_group, scope_kind, scope_id, period_kind, period_start

),

together as (

    select
        'day' as period_kind,
        * exclude (scope_date),  -- noqa: AM04
        scope_date as period_start
    from days
    union all by name
    select
        'week' as period_kind,
        *
    from weeks
    union all by name
    select
        'month' as period_kind,
        *
    from months
    union all by name
    select
        'quarter' as period_kind,
        *
    from quarters
    union all by name
    select
        'year' as period_kind,
        *
    from years
    union all by name
    select
        'all' as period_kind,
        everything.*,
        covered.valued_from as period_start
    from everything
    cross join covered
    union all by name
    select * from trailing_sums

)

select * from together  -- noqa: AM04
where {{ of_touched_periods() }}
