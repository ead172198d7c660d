-- Who has how many good ratings by the time of an edition: a row for the scope itself, without an agent, and one for
-- each of its people. Ranked are those of whom there is enough to judge, by the lower end of the interval.
with

counted as (

    select * from {{ ref('int_rating__edition') }}

),

settings as (

    select participation_gate from {{ ref('stg_centre_setting') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}
    where kpi_id = 'good_rating_rate'

),

days as (

    select
        scope_kind,
        scope_id,
        period_start,
        lower_bound,
        upper_bound
    from {{ ref('fct_kpi_value') }}
    where
        kpi_id = 'good_rating_rate'
        and period_kind = 'day'

),

rows_told as (

    select
        *,
        'agent' as valued_kind,
        agent_id as valued_id
    from counted
    union all by name
    select
        edition,
        local_date,
        known_at,
        scope_kind,
        scope_id,
        cast(null as varchar) as agent_id,
        cast(sum(good_ratings) as bigint) as good_ratings,
        cast(sum(ratings) as bigint) as ratings,
        cast(sum(invitations) as bigint) as invitations,
        scope_kind as valued_kind,
        scope_id as valued_id
    from counted
    group by edition, local_date, known_at, scope_kind, scope_id

),

valued as (

    select
        rows_told.*,
        kpis.kpi_id,
        rows_told.good_ratings / nullif(rows_told.ratings, 0) as value,  -- noqa: RF04
        cast(1.959963984540054 as double) as z,
        cast(nullif(rows_told.ratings, 0) as double) as cases,
        days.lower_bound,
        days.upper_bound,
        case
            when rows_told.ratings = 0 then 'no_cases'
            when rows_told.ratings < kpis.min_sample then 'few_cases'
            when rows_told.ratings < settings.participation_gate * rows_told.invitations then 'low_participation'
        end as reason
    from rows_told
    cross join kpis
    cross join settings
    left join days
        on
            rows_told.valued_kind = days.scope_kind
            and rows_told.valued_id = days.scope_id
            and rows_told.local_date = days.period_start

),

bounded as (

    select
        * exclude (z, cases, valued_kind, valued_id),  -- noqa: AM04
        {{ wilson_midpoint('value', 'cases') }} - {{ wilson_margin('value', 'cases') }} as ci_lower,
        agent_id is not null and reason is null as is_ranked
    from valued

)

select
    edition,
    local_date,
    known_at,
    scope_kind,
    scope_id,
    agent_id,
    kpi_id,
    good_ratings,
    ratings,
    invitations,
    value,
    ci_lower,
    lower_bound,
    upper_bound,
    reason,
    if(
        reason is null and (lower_bound is not null or upper_bound is not null),
        coalesce(value >= lower_bound, true) and coalesce(value <= upper_bound, true),
        null
    ) as is_in_band,
    if(is_ranked, rank() over in_scope, null) as place,
    count(*) filter (is_ranked) over (partition by edition, local_date, scope_kind, scope_id) as places
from bounded
window in_scope as (
    partition by edition, local_date, scope_kind, scope_id, is_ranked
    order by ci_lower desc
)
