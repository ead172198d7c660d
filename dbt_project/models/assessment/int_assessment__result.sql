-- One row per person and month: the result of all his lines, those of teams that he led too, and its state. Whoever is
-- unfit has no total whatever else; who is not assessed keeps his lines, from which nothing follows.
with

persons as (

    select * from {{ ref('int_assessment__person') }}

),

own as (

    select * from {{ ref('int_assessment__own_result') }}

),

led as (

    select
        person_kind,
        person_id,
        month_start,
        sum(points) as team_points,
        bool_and(is_assessed) as are_assessed,
        bool_or(is_appealed) as are_appealed
    from {{ ref('int_assessment__led_line') }}
    group by person_kind, person_id, month_start

),

summed as (

    select
        persons.*,
        own.* exclude (person_kind, person_id, month_start, points, hindrance),  -- noqa: RF02
        coalesce(led.team_points, 0) as team_points,
        own.points + coalesce(led.team_points, 0) as all_points,
        own.is_appealed or coalesce(led.are_appealed, false) as is_pending,
        case
            when own.hindrance is not null then own.hindrance
            when persons.team_share > 0 and led.person_id is null then 'no_team'
            when not led.are_assessed then 'team_not_assessed'
        end as hindrance
    from persons
    inner join own
        on
            persons.person_kind = own.person_kind
            and persons.person_id = own.person_id
            and persons.month_start = own.month_start
    left join led
        on
            persons.person_kind = led.person_kind
            and persons.person_id = led.person_id
            and persons.month_start = led.month_start

),

stated as (

    select
        *,
        case
            when lacking is not null then lacking
            when is_unfit then 'unfit'
            when hindrance is not null then 'not_assessed'
            when is_pending or is_open then 'provisional'
            else 'assessed'
        end as state, -- noqa: RF04
        case state
            when 'incomplete_policy' then replace(missing, chr(10), ', ')
            when 'unfit' then 'harassment'
            when 'not_assessed' then hindrance
            when 'provisional' then if(is_pending, 'appeal_pending', 'open_month')
        end as reason,
        state in ('assessed', 'provisional') as has_total
    from summed

),

bounded as (

    select
        *,
        if(
            has_total,
            cast({{ within_bounds('all_points', 'floor_points', 'ceiling_points') }} as decimal(18, 6)),
            null
        ) as unrounded_total
    from stated

),

-- DuckDB rounds decimals to a number of places that stands in the query only.
rounded as (

    select
        *,
        case rounding
            {% for places in range(6) -%}
                when {{ places }} then round(unrounded_total, {{ places }})
            {% endfor -%}
            else unrounded_total
        end as total
    from bounded

)

select
    person_kind,
    person_id,
    month_start,
    policy_version,
    content_sha,
    state,
    reason,
    role,
    last_team_id as home_team_id,
    cast(agent_days as bigint) as agent_days,
    not is_open as is_closed,
    cast(component_points as decimal(18, 6)) as component_points,
    cast(reward_points as decimal(18, 6)) as reward_points,
    cast(complaint_points as decimal(18, 6)) as complaint_points,
    cast(error_points as decimal(18, 6)) as error_points,
    cast(fraud_points as decimal(18, 6)) as fraud_points,
    cast(team_points as decimal(18, 6)) as team_points,
    cast(unrounded_total - all_points as decimal(18, 6)) as clip_points,
    unrounded_total,
    cast(total as decimal(18, 6)) as total,
    coalesce(total >= excellent, false) and not has_fraud as is_excellent,
    cast(measured_weight as decimal(18, 6)) as measured_weight,
    cast(round(quota, 6) as decimal(18, 6)) as quota,
    counted_complaints,
    rounding
from rounded
