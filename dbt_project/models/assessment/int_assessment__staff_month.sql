{{ config(materialized='ephemeral') }}

-- One row per agent and month in which he was employed or at work: his role and home team, which are those of most of
-- the days, of equally many those of the later ones.
with

stretches as (

    select * from {{ ref('int_assessment__staff_stretch') }}

),

months as (

    select * from {{ ref('int_assessment__month') }}

),

team_versions as (

    select * from {{ ref('int_team__version') }}

),

employment as (

    select * from {{ ref('int_staff__employment') }}

),

roles as (

    select
        agent_id,
        month_start,
        role
    from stretches
    group by agent_id, month_start, role
    qualify row_number() over (partition by agent_id, month_start order by sum(day_count) desc, max(last_date) desc) = 1

),

homes as (

    select
        agent_id,
        month_start,
        home_team_id,
        max(last_date) as last_date
    from stretches
    where home_team_id is not null
    group by agent_id, month_start, home_team_id
    qualify row_number() over (partition by agent_id, month_start order by sum(day_count) desc, max(last_date) desc) = 1

),

sums as (

    select
        agent_id,
        month_start,
        sum(agent_days) as agent_days,
        max_by(home_team_id, last_date) as last_team_id
    from stretches
    group by agent_id, month_start

),

-- Days of the calendar, also those that are still to come: a quota is one of the whole month.
employed as (

    select
        employment.agent_id,
        months.month_start,
        sum(
            date_diff(
                'day',
                greatest(employment.employed_from, months.month_start),
                least(employment.employed_to, months.month_end)
            )
        ) as employed_days
    from employment
    inner join months
        on
            employment.employed_from < months.month_end
            and employment.employed_to > months.month_start
    group by employment.agent_id, months.month_start

)

select
    sums.agent_id,
    sums.month_start,
    roles.role,
    homes.home_team_id,
    team_versions.team_kind,
    sums.last_team_id,
    sums.agent_days,
    -- Of whom no list of staff speaks nobody knows that he was there for a part of the month only.
    coalesce(employed.employed_days, months.month_days) as employed_days
from sums
inner join months on sums.month_start = months.month_start
inner join roles
    on
        sums.agent_id = roles.agent_id
        and sums.month_start = roles.month_start
left join homes
    on
        sums.agent_id = homes.agent_id
        and sums.month_start = homes.month_start
left join team_versions
    on
        homes.home_team_id = team_versions.team_id
        and homes.last_date >= team_versions.valid_from
        and homes.last_date < team_versions.valid_to
left join employed
    on
        sums.agent_id = employed.agent_id
        and sums.month_start = employed.month_start
