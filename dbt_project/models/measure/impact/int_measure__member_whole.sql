{{ config(materialized='ephemeral') }}

-- One row per whole that some work of an agent and period counts in, and the team below it through which it does: none
-- where he works in the whole itself, or in it as a guest.
with

members as (

    select
        agent_id,
        home_path,
        guest_teams,
        period_kind,
        period_start,
        work_rows
    from {{ ref('int_measure__member_period') }}
    where kpi_group = ''

),

-- The centre has his uppermost team as a part; a team on his path has the one before it, where there is one.
listed as (

    select
        *,
        list_transform(
            home_path,
            (team_id, place) -> struct_pack(
                whole_kind := 'team', whole_id := team_id, team_id := home_path[place - 1]
            )
        ) as path_wholes,
        list_transform(
            guest_teams,
            team_id -> struct_pack(whole_kind := 'team', whole_id := team_id, team_id := null)
        ) as guest_wholes,
        [struct_pack(whole_kind := 'centre', whole_id := 'centre', team_id := home_path[-1])] as centre_wholes
    from members

),

wholes as (

    select
        * exclude (path_wholes, guest_wholes, centre_wholes),
        unnest(centre_wholes || path_wholes || guest_wholes, recursive := true)  -- noqa: AL03
    from listed

),

-- All work in a team, by whatever way it came there.
team_work as (

    select
        whole_id as team_id,
        period_kind,
        period_start,
        sum(work_rows) as work_rows
    from wholes
    where whole_kind = 'team'
    group by whole_id, period_kind, period_start

),

weighed as (

    select
        *,
        sum(work_rows) over (partition by whole_id, team_id, period_kind, period_start) as team_rows_here,
        bool_or(team_id is not null) over (partition by whole_kind, whole_id, period_kind, period_start) as has_teams
    from wholes

)

select
    weighed.* exclude (work_rows, team_rows_here),  -- noqa: RF02
    -- All that the team did it did as a part of this whole and by people at home in it: its own value says what.
    coalesce(weighed.team_rows_here = team_work.work_rows, false) as is_whole_team
from weighed
left join team_work
    on
        weighed.team_id = team_work.team_id
        and weighed.period_kind = team_work.period_kind
        and weighed.period_start = team_work.period_start
