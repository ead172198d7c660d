-- One row per manager, month and team that he led: his home team on days on which he had a role that leads. The teams'
-- totals make his share of the teams, weighed by these days.
with

persons as (

    select * from {{ ref('int_assessment__person') }}
    where is_complete

),

managers as (

    select
        person_id,
        month_start,
        policy_version,
        team_share
    from persons
    where
        person_kind = 'manager'
        and team_share > 0

),

stretches as (

    select * from {{ ref('int_assessment__staff_stretch') }}

),

leading_roles as (

    select * from {{ ref('stg_policy_applies') }}
    where attribute = 'manager_role'

),

team_results as (

    select
        own.person_id as team_id,
        own.month_start,
        own.is_appealed,
        own.hindrance,
        {{ within_bounds('own.points', 'persons.floor_points', 'persons.ceiling_points') }} as bounded_points,
        if(own.hindrance is null, bounded_points, null) as total_points
    from {{ ref('int_assessment__own_result') }} as own
    inner join persons
        on
            own.person_kind = persons.person_kind
            and own.person_id = persons.person_id
            and own.month_start = persons.month_start
    where own.person_kind = 'team'

),

led as (

    select
        managers.person_id,
        managers.month_start,
        managers.team_share,
        stretches.home_team_id as team_id,
        cast(sum(stretches.day_count) as double) as led_days,
        sum(cast(sum(stretches.day_count) as double)) over (
            partition by managers.person_id, managers.month_start
        ) as all_days
    from managers
    inner join stretches
        on
            managers.person_id = stretches.agent_id
            and managers.month_start = stretches.month_start
    inner join leading_roles
        on
            managers.policy_version = leading_roles.version
            and stretches.role = leading_roles.value
    where stretches.home_team_id is not null
    group by managers.person_id, managers.month_start, managers.team_share, stretches.home_team_id

)

select
    'manager' as person_kind,
    led.person_id,
    led.month_start,
    led.team_id,
    cast(led.led_days as bigint) as led_days,
    cast(led.team_share * led.led_days / led.all_days as decimal(18, 6)) as weight,
    team_results.total_points,
    cast(
        coalesce(
            round(led.team_share * team_results.total_points * led.led_days / led.all_days, 6), 0
        ) as decimal(18, 6)
    ) as points,
    team_results.team_id is not null and team_results.hindrance is null as is_assessed,
    coalesce(team_results.is_appealed, false) as is_appealed
from led
left join team_results
    on
        led.team_id = team_results.team_id
        and led.month_start = team_results.month_start
