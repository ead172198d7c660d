{{ config(materialized='ephemeral') }}

-- One row per figure that an agent reported of himself, with numerator and denominator of that figure as the facts have
-- it: of the contacts of that local date by the instant of the report, and by the end of the data.
with

reports as (

    select * from {{ ref('stg_self_reports') }}

),

invitations as (

    select * from {{ ref('int_rating__invitation') }}

),

told as (

    select contact_key from {{ ref('int_rating__invitation') }}
    where is_counted

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

reported as (

    select
        reports.* exclude (agent_id),  -- noqa: RF02
        coalesce(accounts.agent_id, reports.agent_id) as agent_id,
        cast(timezone((select settings.time_zone from settings), reports.reported_at) as date) as reported_date
    from reports
    asof left join accounts
        on
            reports.source_id = accounts.source_id
            and reports.agent_id = accounts.account
            and reports.reported_at >= accounts.mapped_from
    where reports.reported_at <= (select covered.as_of from covered)

),

moments as (

    select
        *,
        reported_at as known_at,
        'then' as told
    from reported
    union all
    select
        *,
        (select covered.as_of from covered) as known_at,
        'now' as told
    from reported

),

invited_by_then as (

    select
        moments.agent_id,
        moments.kpi_id,
        moments.source_id,
        moments.reported_at,
        moments.told,
        invitations.contact_key,
        invitations.rating_id,
        invitations.invited_at,
        invitations.delivered_at,
        if(invitations.rated_at <= moments.known_at, invitations.rated_at, null) as rated_at,
        if(invitations.rated_at <= moments.known_at, invitations.stars, null) as stars,
        invitations.is_delivered
        and coalesce(invitations.delivered_at, invitations.invited_at) <= moments.known_at as is_delivered
    from moments
    inner join invitations
        on
            moments.agent_id = invitations.agent_id
            and moments.reported_date = invitations.contact_date
    where
        moments.kpi_id != 'contacts_handled'
        and invitations.invited_at <= moments.known_at
        and invitations.contact_key in (select told.contact_key from told)

),

-- Nearly every contact has one invitation only: putting them all in order would cost most of what this model does.
of_several as (

    select contact_key
    from invitations
    group by contact_key
    having count(*) > 1

),

-- Of several invitations of a contact one counts, as it does in its fact: among those that there were by then.
rated as (

    select invited_by_then.*
    from invited_by_then
    anti join of_several on invited_by_then.contact_key = of_several.contact_key
    union all
    select invited_by_then.*
    from invited_by_then
    semi join of_several on invited_by_then.contact_key = of_several.contact_key
    qualify
        row_number() over (
            partition by
                invited_by_then.agent_id, invited_by_then.kpi_id, invited_by_then.source_id,
                invited_by_then.reported_at, invited_by_then.told, invited_by_then.contact_key
            order by
                invited_by_then.rated_at desc nulls last,
                invited_by_then.delivered_at desc nulls last,
                invited_by_then.invited_at desc,
                invited_by_then.rating_id desc
        ) = 1

),

counted as (

    select
        agent_id,
        kpi_id,
        source_id,
        reported_at,
        told,
        case kpi_id
            when 'good_rating_rate' then count(*) filter (where stars >= 4)
            when 'satisfaction_score' then sum(20 * stars)
            else count(stars)
        end as numerator,
        if(
            kpi_id = 'rating_participation_rate',
            count(*) filter (where is_delivered or stars is not null),
            count(stars)
        ) as denominator
    from rated
    group by agent_id, kpi_id, source_id, reported_at, told
    union all
    select
        moments.agent_id,
        moments.kpi_id,
        moments.source_id,
        moments.reported_at,
        moments.told,
        count(distinct legs.contact_key) as numerator,
        1 as denominator
    from moments
    left join legs
        on
            moments.agent_id = legs.agent_id
            and moments.reported_date = legs.contact_date
            and moments.known_at >= legs.connected_at
            and legs.contact_key in (select handled.contact_key from handled)
    where moments.kpi_id = 'contacts_handled'
    group by moments.agent_id, moments.kpi_id, moments.source_id, moments.reported_at, moments.told

),

-- In ten thousandths, so that halves are halves.
compared as (

    select
        agent_id,
        kpi_id,
        source_id,
        reported_at,
        max(if(told = 'then', cast(10000 * numerator as hugeint), null)) as numerator_then,
        max(if(told = 'then', cast(10000 * denominator as hugeint), null)) as denominator_then,
        max(if(told = 'now', numerator / nullif(denominator, 0), null)) as value_now
    from counted
    group by agent_id, kpi_id, source_id, reported_at

)

select
    reported.*,  -- noqa: AM04
    compared.numerator_then / nullif(compared.denominator_then, 0) as value_then,
    compared.value_now,
    -- Rounded half up to as many decimals as were written, in whole numbers.
    (2 * compared.numerator_then * cast(power(10, reported.decimals) as hugeint) + compared.denominator_then)
    // nullif(2 * compared.denominator_then, 0)
    = cast(round(reported.reported_value * cast(power(10, reported.decimals) as hugeint)) as hugeint) as is_equal
from reported
left join compared
    on
        reported.agent_id = compared.agent_id
        and reported.kpi_id = compared.kpi_id
        and reported.source_id = compared.source_id
        and reported.reported_at = compared.reported_at
