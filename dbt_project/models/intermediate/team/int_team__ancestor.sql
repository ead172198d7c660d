with recursive

versions as (

    select * from {{ ref('int_team__version') }}

),

change_dates as (

    select distinct valid_from as period_from
    from versions

),

-- Between two changes of any team the whole tree stands still.
periods as (

    select
        period_from,
        lead(period_from, 1, date '9999-12-31') over (order by period_from) as period_to
    from change_dates

),

edges as (

    select
        periods.period_from,
        periods.period_to,
        versions.team_id,
        versions.parent_team_id
    from periods
    inner join versions
        on
            periods.period_from >= versions.valid_from
            and periods.period_from < versions.valid_to

),

-- A team that is its own ancestor is a mistake in the data; the path ends the climb there.
climbed as (

    select
        period_from,
        period_to,
        team_id,
        team_id as ancestor_team_id,
        parent_team_id as next_team_id,
        0 as distance,
        [team_id] as climbed_path
    from edges
    union all
    select
        climbed.period_from,
        climbed.period_to,
        climbed.team_id,
        edges.team_id as ancestor_team_id,
        edges.parent_team_id as next_team_id,
        climbed.distance + 1 as distance,
        list_append(climbed.climbed_path, edges.team_id) as climbed_path
    from climbed
    inner join edges
        on
            climbed.period_from = edges.period_from
            and climbed.next_team_id = edges.team_id
    where not list_contains(climbed.climbed_path, edges.team_id)

)

select
    team_id,
    ancestor_team_id,
    distance,
    period_from,
    period_to
from climbed
