-- One row per edition of the bulletin, scope and agent invited to be rated on that day: what there was by its time.
with

invitations as (

    select * from {{ ref('int_rating__invitation') }}

),

excluded as (

    select contact_key from {{ ref('int_contact__excluded') }}
    where kpi_group = 'rating'

),

counted as (

    select contact_key from {{ ref('int_rating__invitation') }}
    where is_counted

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

dates as (

    select * from {{ ref('int_agent__date') }}

),

times as (

    select * from {{ ref('stg_notice_time') }}

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
notices as (

    select begin_on from {{ ref('stg_notice_setting') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

scopes as (

    select distinct
        'team' as scope_kind,
        ancestor_team_id as scope_id
    from ancestors
    union all
    select
        'centre' as scope_kind,
        'centre' as scope_id

),

editions as (

    select
        scopes.scope_kind,
        scopes.scope_id,
        times.edition,
        times.clock
    from scopes
    inner join times
        on
            times.team_id is null
            or (scopes.scope_kind = 'team' and scopes.scope_id = times.team_id)
    qualify
        row_number() over (
            partition by scopes.scope_kind, scopes.scope_id, times.edition
            order by times.team_id is null
        ) = 1

),

moments as (

    select
        editions.scope_kind,
        editions.scope_id,
        editions.edition,
        dates.agent_date as local_date,
        {{ local_instant(
            '(select settings.time_zone from settings)', "(dates.agent_date + cast(editions.clock as time))"
        ) }} as known_at
    from editions
    inner join dates on dates.agent_date >= (select notices.begin_on from notices)

),

placed as (

    select
        invitations.*,
        ancestors.ancestor_team_id as team_id
    from invitations
    inner join homes
        on
            invitations.agent_id = homes.agent_id
            and invitations.agent_date = homes.agent_date
    inner join ancestors
        on
            homes.team_id = ancestors.team_id
            and invitations.agent_date >= ancestors.period_from
            and invitations.agent_date < ancestors.period_to
    where invitations.contact_date >= (select notices.begin_on from notices)

),

in_scopes as (

    select
        * exclude (team_id),  -- noqa: AM04
        'team' as scope_kind,
        team_id as scope_id
    from placed
    union all by name
    select
        *,
        'centre' as scope_kind,
        'centre' as scope_id
    from invitations
    where
        contact_date >= (select notices.begin_on from notices)
        and agent_id is not null

),

-- Of several invitations of a contact one counts, as it does in its fact: among those that there were by then.
by_then as (

    select
        moments.*,
        in_scopes.agent_id,
        if(in_scopes.rated_at <= moments.known_at, in_scopes.stars, null) as stars,
        in_scopes.is_delivered
        and coalesce(in_scopes.delivered_at, in_scopes.invited_at) <= moments.known_at as is_delivered
    from moments
    inner join in_scopes
        on
            moments.scope_kind = in_scopes.scope_kind
            and moments.scope_id = in_scopes.scope_id
            and moments.local_date = in_scopes.contact_date
            and moments.known_at >= in_scopes.invited_at
    where
        moments.known_at <= (select covered.as_of from covered)
        and in_scopes.contact_key in (select counted.contact_key from counted)
        and in_scopes.contact_key not in (select excluded.contact_key from excluded)
    qualify
        row_number() over (
            partition by moments.scope_kind, moments.scope_id, moments.edition, in_scopes.contact_key
            order by
                if(in_scopes.rated_at <= moments.known_at, in_scopes.rated_at, null) desc nulls last,
                in_scopes.delivered_at desc nulls last,
                in_scopes.invited_at desc,
                in_scopes.rating_id desc
        ) = 1

)

select
    edition,
    local_date,
    known_at,
    scope_kind,
    scope_id,
    agent_id,
    count(*) filter (stars >= 4) as good_ratings,
    count(stars) as ratings,
    count(*) filter (is_delivered or stars is not null) as invitations
from by_then
group by edition, local_date, known_at, scope_kind, scope_id, agent_id
