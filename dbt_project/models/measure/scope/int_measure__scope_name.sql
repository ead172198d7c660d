{{ config(materialized='view') }}

-- One row per scope and version of its name: a rename changes the names of later periods only.
with

names as (

    select * from {{ ref('int_team__scope_name') }}

),

team_channels as (

    select
        scope_id,
        team_id,
        channel
    from {{ ref('dim_scope') }}
    where scope_kind = 'team_channel'

)

select
    scope_kind,
    scope_id,
    valid_from,
    scope_name
from names
union all
select
    'team_channel' as scope_kind,
    team_channels.scope_id,
    names.valid_from,
    names.scope_name || ' / ' || team_channels.channel as scope_name
from team_channels
inner join names
    on
        names.scope_kind = 'team'
        and team_channels.team_id = names.scope_id
