-- One row per KPI group, agent, set of teams and period: what the agent did while these were his teams, all measures as
-- one list in the order of the catalogue. Quarters are summed from months, which are kept, what is shorter from days.
{%- set recently = "scope_date >= (select min(period_start) from shorter_periods)" %}
with

periods as (

    select * from {{ ref('int_measure__impact_period') }}

),

shorter_periods as (

    select
        period_kind,
        period_start
    from periods
    where period_kind not in ('month', 'quarter')

),

shorter_days as (

    select
        period_days.period_kind,
        period_days.period_start,
        period_days.period_date
    from {{ ref('int_measure__period_day') }} as period_days
    semi join shorter_periods
        on
            period_days.period_kind = shorter_periods.period_kind
            and period_days.period_start = shorter_periods.period_start

),

{{ member_work(recently) }},

months as (

    select
        'month' as period_kind,
        month_start as period_start,
        * exclude (month_start)
    from {{ ref('int_measure__member_month') }}

),

quarters as (

    select
        'quarter' as period_kind,
        date_trunc('quarter', period_start)::date as period_start,
        kpi_group,
        agent_id,
        home_path,
        guest_teams,
        sum(work_rows)::bigint as work_rows,
        {{ each_measure('sum({}) as {}', rollup=none) }}
    from months
    group by date_trunc('quarter', period_start), kpi_group, agent_id, home_path, guest_teams

),

shorter as (

    select
        shorter_days.period_kind,
        shorter_days.period_start,
        member_work.kpi_group,
        member_work.agent_id,
        member_work.home_path,
        member_work.guest_teams,
        count(*) as work_rows,
        {{ each_measure('sum(member_work.{}) as {}', rollup=none) }}
    from member_work
    inner join shorter_days on member_work.scope_date = shorter_days.period_date
    group by
        shorter_days.period_kind,
        shorter_days.period_start,
        member_work.kpi_group,
        member_work.agent_id,
        member_work.home_path,
        member_work.guest_teams

),

summed as (

    select * from months
    union all by name
    select * from quarters
    union all by name
    select * from shorter

)

select
    summed.kpi_group,
    summed.agent_id,
    summed.home_path,
    summed.guest_teams,
    summed.period_kind,
    summed.period_start,
    summed.work_rows,
    [
        {{ each_measure('coalesce(summed.{}, 0)::decimal(18, 4)', rollup=none) }}
    ] as amounts
from summed
semi join periods
    on
        summed.period_kind = periods.period_kind
        and summed.period_start = periods.period_start
