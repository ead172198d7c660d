with

as_of as (

    select * from {{ ref('int_as_of') }}

),

versions as (

    select * from {{ ref('int_team__version') }}

),

ancestors as (

    select * from {{ ref('int_team__ancestor') }}

),

-- A team announced for a later date is known, under the name it will have.
latest as (

    select versions.*
    from versions
    cross join as_of
    qualify
        row_number() over (
            partition by versions.team_id
            order by versions.valid_from <= as_of.as_of_date desc, versions.valid_from desc
        ) = 1

),

depths as (

    select
        ancestors.team_id,
        max(ancestors.distance) as levels_above
    from ancestors
    cross join as_of
    where
        as_of.as_of_date >= ancestors.period_from
        and as_of.as_of_date < ancestors.period_to
    group by ancestors.team_id

)

select
    latest.team_id,
    latest.team_name,
    latest.parent_team_id,
    coalesce(depths.levels_above, 0) as depth, -- noqa: RF04
    latest.team_kind as kind
from latest
left join depths on latest.team_id = depths.team_id
