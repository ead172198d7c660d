-- An action that hangs on no KPI, or on no side of its band, would never be shown.
with

kpis as (

    select * from {{ ref('kpis') }}

),

actions as (

    select * from {{ ref('kpi_actions') }}

),

reasoned as (

    select
        actions.action_id,
        case
            when kpis.kpi_id is null then format('kpi_id "{}" is not in kpis.csv', actions.kpi_id)
            when actions.side is null or actions.side not in ('below', 'above', 'both')
                then format('side "{}" is none of below, above, both', coalesce(actions.side, ''))
        end as reason
    from actions
    left join kpis
        on actions.kpi_id = kpis.kpi_id

),

listed as (

    select
        count(*) as problem_count,
        string_agg(format('kpi_actions.csv, {}: {}', action_id, reason), '; ' order by action_id) as reasons
    from reasoned
    where reason is not null

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
