with

teams as (

    select * from {{ ref('stg_teams') }}

),

memberships as (

    select * from {{ ref('stg_team_memberships') }}

),

queues as (

    select * from {{ ref('stg_queues') }}

),

versions as (

    select
        team_id,
        team_name,
        parent_team_id,
        team_kind,
        valid_from
    from teams
    qualify row_number() over (partition by team_id, valid_from order by source_id desc) = 1

),

-- A team that is only referred to stands for itself, under its id.
mentioned as (

    select team_id from memberships
    union
    select parent_team_id as team_id from teams
    union
    select team_id from queues

),

all_versions as (

    select * from versions
    union all
    select
        mentioned.team_id,
        mentioned.team_id as team_name,
        null as parent_team_id,
        null as team_kind,
        date '0001-01-01' as valid_from
    from mentioned
    anti join versions on mentioned.team_id = versions.team_id
    where mentioned.team_id is not null

)

select
    team_id,
    coalesce(nullif(trim(team_name), ''), team_id) as team_name,
    parent_team_id,
    team_kind,
    -- The first version also describes the time before it.
    if(row_number() over by_team = 1, date '0001-01-01', valid_from) as valid_from,
    coalesce(lead(valid_from) over by_team, date '9999-12-31') as valid_to
from all_versions
window by_team as (partition by team_id order by valid_from)
