{{ config(materialized='ephemeral') }}

-- One row per figure that an agent reported of himself, with numerator and denominator of that figure as the facts have
-- it: of the contacts of that local date by the instant of the report, and by the end of the data.
with

reports as (

    select * from {{ ref('stg_self_reports') }}

),

counted_invitations as (

    select
        contact_key,
        rating_id,
        agent_id,
        contact_date,
        is_delivered,
        stars,
        invited_at,
        delivered_at,
        rated_at
    from {{ ref('int_rating__invitation') }}
    where is_counted

),

other_invitations as (

    select
        contact_key,
        rating_id,
        agent_id,
        contact_date,
        is_delivered,
        stars,
        invited_at,
        delivered_at,
        rated_at
    from {{ ref('int_rating__invitation') }}
    where not is_counted

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

legs as (

    select
        contact_key,
        agent_id,
        contact_date,
        connected_at
    from {{ ref('int_kept__leg') }}
    where
        agent_id is not null
        and not is_test

),

handled as (

    select contact_key from {{ ref('int_kept__contact') }}
    where is_handled

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

held as (

    {{ by_account('reports', 'agent_id', 'reported_at') }}

),

reported as (

    select
        *,
        cast(timezone((select settings.time_zone from settings), reported_at) as date) as reported_date
    from held
    where reported_at <= (select covered.as_of from covered)

),

-- What is known at one moment is looked up once, however many figures were reported then.
moments as (

    select
        agent_id,
        reported_date,
        reported_at as known_at
    from reported
    union
    select
        agent_id,
        reported_date,
        (select covered.as_of from covered) as known_at
    from reported

),

-- Nearly every contact has one invitation only: putting them all in order would cost most of what this model does.
of_one as (

    select counted_invitations.*
    from counted_invitations
    anti join other_invitations on counted_invitations.contact_key = other_invitations.contact_key

),

of_several as (

    select counted_invitations.*
    from counted_invitations
    semi join other_invitations on counted_invitations.contact_key = other_invitations.contact_key
    union all
    select other_invitations.*
    from other_invitations
    semi join counted_invitations on other_invitations.contact_key = counted_invitations.contact_key

),

-- Of several invitations of a contact one counts, as it does in its fact: among those that there were by then.
last_by_then as (

    select
        moments.agent_id,
        moments.reported_date,
        moments.known_at,
        if(of_several.rated_at <= moments.known_at, of_several.stars, null) as stars,
        of_several.is_delivered
        and coalesce(of_several.delivered_at, of_several.invited_at) <= moments.known_at as is_delivered
    from moments
    inner join of_several
        on
            moments.agent_id = of_several.agent_id
            and moments.reported_date = of_several.contact_date
            and moments.known_at >= of_several.invited_at
    qualify
        row_number() over (
            partition by moments.agent_id, moments.reported_date, moments.known_at, of_several.contact_key
            order by
                if(of_several.rated_at <= moments.known_at, of_several.rated_at, null) desc nulls last,
                of_several.delivered_at desc nulls last,
                of_several.invited_at desc,
                of_several.rating_id desc
        ) = 1

),

invited_by_then as (

    select
        moments.agent_id,
        moments.reported_date,
        moments.known_at,
        if(of_one.rated_at <= moments.known_at, of_one.stars, null) as stars,
        of_one.is_delivered
        and coalesce(of_one.delivered_at, of_one.invited_at) <= moments.known_at as is_delivered
    from moments
    inner join of_one
        on
            moments.agent_id = of_one.agent_id
            and moments.reported_date = of_one.contact_date
            and moments.known_at >= of_one.invited_at
    union all
    select * from last_by_then

),

rated_by_then as (

    select
        agent_id,
        reported_date,
        known_at,
        count(stars) as ratings,
        count(*) filter (stars >= 4) as good_ratings,
        sum(20 * stars) as points,
        count(*) filter (is_delivered or stars is not null) as delivered
    from invited_by_then
    group by agent_id, reported_date, known_at

),

asked_moments as (

    select moments.*
    from moments
    semi join reported
        on
            moments.agent_id = reported.agent_id
            and moments.reported_date = reported.reported_date
            and reported.kpi_id = 'contacts_handled'

),

handled_by_then as (

    select
        asked_moments.agent_id,
        asked_moments.reported_date,
        asked_moments.known_at,
        count(distinct legs.contact_key) as contacts
    from asked_moments
    inner join legs
        on
            asked_moments.agent_id = legs.agent_id
            and asked_moments.reported_date = legs.contact_date
            and asked_moments.known_at >= legs.connected_at
            and legs.contact_key in (select handled.contact_key from handled)
    group by asked_moments.agent_id, asked_moments.reported_date, asked_moments.known_at

),

known_by_then as (

    select
        moments.agent_id,
        moments.reported_date,
        moments.known_at,
        rated_by_then.ratings,
        rated_by_then.good_ratings,
        rated_by_then.points,
        rated_by_then.delivered,
        coalesce(handled_by_then.contacts, 0) as contacts
    from moments
    left join rated_by_then
        on
            moments.agent_id = rated_by_then.agent_id
            and moments.reported_date = rated_by_then.reported_date
            and moments.known_at = rated_by_then.known_at
    left join handled_by_then
        on
            moments.agent_id = handled_by_then.agent_id
            and moments.reported_date = handled_by_then.reported_date
            and moments.known_at = handled_by_then.known_at

),

kpis as (

    select distinct kpi_id from reported

),

figures as (

    select
        kpis.kpi_id,
        known_by_then.agent_id,
        known_by_then.reported_date,
        known_by_then.known_at,
        case kpis.kpi_id
            when 'contacts_handled' then known_by_then.contacts
            when 'good_rating_rate' then known_by_then.good_ratings
            when 'satisfaction_score' then known_by_then.points
            else known_by_then.ratings
        end as numerator,
        case kpis.kpi_id
            when 'contacts_handled' then 1
            when 'rating_participation_rate' then known_by_then.delivered
            else known_by_then.ratings
        end as denominator
    from known_by_then
    cross join kpis

),

-- In ten thousandths, so that halves are halves.
compared as (

    select
        reported.*,
        cast(10000 * by_then.numerator as hugeint) as numerator_then,
        cast(10000 * by_then.denominator as hugeint) as denominator_then,
        by_now.numerator / nullif(by_now.denominator, 0) as value_now
    from reported
    left join figures as by_then
        on
            reported.kpi_id = by_then.kpi_id
            and reported.agent_id = by_then.agent_id
            and reported.reported_date = by_then.reported_date
            and reported.reported_at = by_then.known_at
    left join figures as by_now
        on
            reported.kpi_id = by_now.kpi_id
            and reported.agent_id = by_now.agent_id
            and reported.reported_date = by_now.reported_date
            and by_now.known_at = (select covered.as_of from covered)

)

select
    * exclude (numerator_then, denominator_then, value_now),  -- noqa: AM04
    numerator_then / nullif(denominator_then, 0) as value_then,
    value_now,
    -- Rounded half up to as many decimals as were written, in whole numbers.
    (2 * numerator_then * cast(power(10, decimals) as hugeint) + denominator_then)
    // nullif(2 * denominator_then, 0)
    = cast(round(reported_value * cast(power(10, decimals) as hugeint)) as hugeint) as is_equal
from compared
