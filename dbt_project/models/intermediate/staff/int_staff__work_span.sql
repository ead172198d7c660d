-- One row per stretch of planned work of a person, or of anybody of a team: what overlaps or touches is one stretch.
with

shifts as (

    select * from {{ ref('stg_shifts') }}
    where shift_kind = 'work'

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

homes as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('int_team__member_day') }}
    where is_home_team

),

ancestors as (

    select * from {{ ref('int_team__ancestor') }}

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

notices as (

    select begin_on from {{ ref('stg_notice_setting') }}

),

planned as (

    {{ by_account('shifts', 'agent_id', 'starts_at') }}

),

dated as (

    select
        agent_id,
        starts_at,
        ends_at,
        cast(timezone((select settings.time_zone from settings), starts_at) as date) as shift_date
    from planned
    where cast(ends_at as date) + 1 >= (select notices.begin_on from notices)

),

-- Plans reach beyond the end of the data: the team of then is the last one known.
of_teams as (

    select
        dated.shift_date,
        dated.starts_at,
        dated.ends_at,
        homes.team_id
    from dated
    asof inner join homes
        on
            dated.agent_id = homes.agent_id
            and dated.shift_date >= homes.agent_date

),

told as (

    select
        'agent' as recipient_kind,
        agent_id as recipient_id,
        starts_at,
        ends_at
    from dated
    union all
    select distinct
        'team' as recipient_kind,
        ancestors.ancestor_team_id as recipient_id,
        of_teams.starts_at,
        of_teams.ends_at
    from of_teams
    inner join ancestors
        on
            of_teams.team_id = ancestors.team_id
            and of_teams.shift_date >= ancestors.period_from
            and of_teams.shift_date < ancestors.period_to

),

begun as (

    select
        *,
        coalesce(
            starts_at > max(ends_at) over (
                partition by recipient_kind, recipient_id
                order by starts_at, ends_at
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_beginning
    from told

),

numbered as (

    select
        *,
        count(*) filter (is_beginning) over (
            partition by recipient_kind, recipient_id
            order by starts_at, ends_at
            rows between unbounded preceding and current row
        ) as span_number
    from begun

)

select
    recipient_kind,
    recipient_id,
    min(starts_at) as starts_at,
    max(ends_at) as ends_at
from numbered
group by recipient_kind, recipient_id, span_number
