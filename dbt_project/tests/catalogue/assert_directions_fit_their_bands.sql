-- A floor for what should be high, a ceiling for what should be low, both for a band, none where nothing is judged.
-- A target without any bound takes the band away and fits every direction.
with

kpis as (

    select * from {{ ref('kpis') }}

),

targets as (

    select * from {{ ref('stg_target') }}

),

bounded as (

    select
        targets.*,
        kpis.direction,
        targets.lower_bound is not null as has_lower,
        targets.upper_bound is not null or targets.upper_measure is not null as has_upper
    from targets
    inner join kpis
        on targets.kpi_id = kpis.kpi_id

),

target_problems as (

    select
        written_in,
        target_id,
        format('direction {} of {} does not fit a band with {}', direction, kpi_id, case
            when has_lower and has_upper then 'both ends'
            when has_lower then 'a lower end only'
            else 'an upper end only'
        end) as reason
    from bounded
    where
        (has_lower or has_upper)
        and not coalesce(case direction
            when 'higher' then has_lower and not has_upper
            when 'lower' then has_upper and not has_lower
            when 'band' then has_lower and has_upper
            else false
        end, false)

),

pleasant_problems as (

    select
        'kpis.csv' as written_in,
        kpi_id as target_id,
        format('pleasant_side {} belongs to a two-sided band, direction is {}', pleasant_side, direction) as reason
    from kpis
    where
        pleasant_side <> 'none'
        and direction <> 'band'

),

problems as (

    select * from target_problems
    union all by name
    select * from pleasant_problems

),

listed as (

    select
        count(*) as problem_count,
        string_agg(
            format('{}, target {}: {}', written_in, target_id, reason), '; ' order by target_id, reason
        ) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
