-- Who stands where in each contest: by the end of the interval that is unpleasant, so that a few lucky cases win
-- nothing.
with

contests as (

    select * from {{ ref('stg_policy_contests') }}

),

kpis as (

    select
        kpi_id,
        case
            when direction = 'higher' or pleasant_side = 'high' then 1
            when direction = 'lower' or pleasant_side = 'low' then -1
        end as better
    from {{ ref('dim_kpi') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_value') }}
    where
        scope_kind in ('agent', 'team')
        and period_kind in ('day', 'week', 'month', 'quarter', 'year')

),

day_values as (

    select * from {{ ref('int_measure__contest_value') }}

),

scopes as (

    select * from {{ ref('dim_scope') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

agent_days as (

    select * from {{ ref('dim_agent_day') }}

),

frauds as (

    select
        agent_id,
        event_date
    from {{ ref('fct_points_event') }}
    where
        rule = 'fraud'
        and worthless_because is null
        and reversed_because is null

),

point_versions as (

    {{ policy_stretches('points') }}

),

named as (

    select
        point_versions.valid_from,
        point_versions.valid_to,
        policies.names
    from point_versions
    inner join {{ ref('stg_policy_points') }} as policies on point_versions.version = policies.version
    where point_versions.is_complete

),

begun as (

    select
        contests.*,
        coalesce(named.names, 'own') as names,  -- noqa: RF04
        kpis.better,
        contests.to_on <= covered.as_of_date as is_over,
        least(contests.to_on, covered.as_of_date) as last_on
    from contests
    inner join kpis on contests.kpi_id = kpis.kpi_id
    cross join covered
    left join named
        on
            contests.to_on >= named.valid_from
            and contests.to_on < named.valid_to
    where contests.from_on <= covered.as_of_date

),

-- Where the days of a contest are a period, its values are those of the scorecard.
of_periods as (

    select
        begun.*,
        kpi_values.scope_id,
        kpi_values.scope_name,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n,
        kpi_values.value,
        kpi_values.ci_lower,
        kpi_values.ci_upper,
        kpi_values.status not in ('no_data', 'insufficient_sample') as is_measured,
        kpi_values.is_provisional,
        kpi_values.formula_version
    from begun
    inner join kpi_values
        on
            begun.kpi_id = kpi_values.kpi_id
            and begun.scope_kind = kpi_values.scope_kind
            and begun.from_on = kpi_values.period_start
            and begun.to_on + 1 = kpi_values.period_end

),

of_days as (

    select
        begun.*,
        day_values.* exclude (contest_id, scope_kind),  -- noqa: RF02
        coalesce(scopes.scope_name, day_values.scope_id) as scope_name,
        not begun.is_over as is_provisional
    from begun
    inner join day_values on begun.contest_id = day_values.contest_id
    left join scopes
        on
            day_values.scope_kind = scopes.scope_kind
            and day_values.scope_id = scopes.scope_id

),

together as (

    select * from of_days
    union all by name
    select * from of_periods

),

-- Whoever was found to have falsified his work in these days can't win by it.
excluded as (

    select distinct
        together.contest_id,
        frauds.agent_id
    from together
    inner join frauds
        on
            together.scope_id = frauds.agent_id
            and together.from_on <= frauds.event_date
            and together.to_on >= frauds.event_date
    where together.scope_kind = 'agent'

),

placed as (

    select
        together.*,
        agent_days.home_team_id,
        case
            when together.value is null then 'no_data'
            when together.n < together.min_n or not together.is_measured then 'few_cases'
            when together.better is null then 'no_better_side'
            when excluded.agent_id is not null then 'excluded'
            else 'ranked'
        end as standing
    from together
    left join agent_days
        on
            together.scope_kind = 'agent'
            and together.scope_id = agent_days.agent_id
            and together.last_on = agent_days.agent_date
    left join excluded
        on
            together.contest_id = excluded.contest_id
            and together.scope_id = excluded.agent_id
    where
        together.segment is null
        or together.segment = agent_days.segment

),

ranked as (

    select
        *,
        if(
            standing = 'ranked',
            rank() over (
                partition by contest_id, standing
                order by round(better * coalesce(if(better = 1, ci_lower, ci_upper), value), 12) desc
            ),
            null
        ) as place
    from placed

)

select
    contest_id,
    name_en,
    name_zh,
    kpi_id,
    from_on,
    to_on,
    is_over,
    scope_kind,
    scope_id,
    scope_name,
    home_team_id,
    segment,
    min_n::bigint as min_n,
    winners::bigint as winners,
    numerator,
    denominator,
    n,
    value,
    ci_lower,
    ci_upper,
    coalesce(if(better = 1, ci_lower, ci_upper), value) as judged_by,
    standing,
    place,
    coalesce(place <= winners, false) as is_winner,
    is_provisional,
    names,
    version as policy_version,
    formula_version
from ranked
order by contest_id, place nulls last, scope_id
