-- Figures that agents reported beside those that the facts had by then; and reports that were due and did not come.
-- noqa: disable=AM07
with

reports as (

    select * from {{ ref('int_service__self_report') }}

),

shifts as (

    select * from {{ ref('stg_shifts') }}
    where shift_kind = 'work'

),

homes as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('int_team__member_day') }}
    where is_home_team

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

planned as (

    select distinct
        agent_id,
        starts_at,
        ends_at,
        cast(timezone((select settings.time_zone from settings), starts_at) as date) as reported_date
    from shifts

),

halves as (

    select
        planned.*,
        sides.half,
        if(
            sides.half = 'noon',
            planned.starts_at + to_microseconds((epoch_us(planned.ends_at) - epoch_us(planned.starts_at)) // 2),
            planned.ends_at
        ) as due_at
    from planned
    cross join (values ('noon'), ('end')) as sides (half)

),

-- Due from whoever is in a team somebody of which reported that day.
reporting_teams as (

    select distinct
        homes.team_id,
        homes.agent_date
    from reports
    inner join homes
        on
            reports.agent_id = homes.agent_id
            and reports.reported_date = homes.agent_date

),

missing as (

    select halves.*
    from halves
    inner join homes
        on
            halves.agent_id = homes.agent_id
            and halves.reported_date = homes.agent_date
    semi join reporting_teams
        on
            homes.team_id = reporting_teams.team_id
            and homes.agent_date = reporting_teams.agent_date
    anti join reports
        on
            halves.agent_id = reports.agent_id
            and halves.half = reports.half
            and halves.starts_at <= reports.reported_at
            and halves.ends_at + interval 4 hour >= reports.reported_at
    where halves.due_at <= (select covered.as_of from covered)

)

select
    cast(null as varchar) as contact_key,
    concat_ws('/', source_id, agent_id, kpi_id, epoch_us(reported_at)) as self_report_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    reported_date,
    reported_date as agent_date,
    cast(null as varchar) as channel,
    cast(null as varchar) as queue_id,
    kpi_id as reported_kpi,
    half,
    reported_at,
    cast(reported_value as double) as reported_value,
    cast(decimals as integer) as decimals,
    value_then as warehouse_value,
    value_now as final_value,
    cast(reported_value as double) - value_then as difference,
    case
        when is_equal is null then 'no_cases'
        when is_equal then 'equal'
        else 'different'
    end as self_report_state,
    cast(is_equal is not null as bigint) as self_reports_comparable,
    cast(coalesce(is_equal, false) as bigint) as self_reports_equal
from reports
union all by name
select
    concat_ws('/', 'missing', agent_id, epoch_us(starts_at), half) as self_report_id,
    agent_id,
    reported_date,
    reported_date as agent_date,
    half,
    due_at as reported_at,
    'missing' as self_report_state,
    cast(0 as bigint) as self_reports_comparable,
    cast(0 as bigint) as self_reports_equal
from missing
