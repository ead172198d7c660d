with

memberships as (

    select * from {{ ref('stg_team_memberships') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

employment as (

    select * from {{ ref('int_staff__employment') }}

),

-- Two systems may state one membership; the flags of either count.
held as (

    select
        agent_id,
        team_id,
        valid_from,
        max(coalesce(valid_to, date '9999-12-31')) as valid_to,
        bool_or(coalesce(is_home_team, false)) as is_home_team
    from memberships
    group by agent_id, team_id, valid_from

),

member_days as (

    select
        held.agent_id,
        dates.agent_date,
        held.team_id,
        held.valid_from,
        held.is_home_team
    from dates
    inner join held
        on
            dates.agent_date >= held.valid_from
            and dates.agent_date < held.valid_to

),

-- On the first day gone the last day's teams still hold, so that the team that lost the agent counts the leaver.
leaving_days as (

    select
        held.agent_id,
        dates.agent_date,
        held.team_id,
        held.valid_from,
        held.is_home_team
    from employment
    inner join dates on employment.employed_to = dates.agent_date
    inner join held
        on
            employment.agent_id = held.agent_id
            and dates.agent_date > held.valid_from
            and dates.agent_date <= held.valid_to
    anti join member_days
        on
            employment.agent_id = member_days.agent_id
            and employment.employed_to = member_days.agent_date
    where employment.is_departure

),

all_days as (

    select * from member_days
    union all
    select * from leaving_days

),

deduplicated as (

    select
        agent_id,
        agent_date,
        team_id,
        max(valid_from) as valid_from,
        bool_or(is_home_team) as is_home_team
    from all_days
    group by agent_id, agent_date, team_id

)

select
    agent_id,
    agent_date,
    team_id,
    -- One home a day: the flagged one, of several the one joined last.
    row_number() over (
        partition by agent_id, agent_date
        order by is_home_team desc, valid_from desc, team_id asc
    ) = 1 as is_home_team
from deduplicated
