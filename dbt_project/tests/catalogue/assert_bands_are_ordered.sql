-- A band whose lower end lies above its upper end can hold no value; a stretch goal lies inside its band.
-- Alarm limits lie outside the band: a value between band and alarm is to watch, beyond the alarm it is bad.
with

kpis as (

    select * from {{ ref('kpis') }}

),

targets as (

    select * from {{ ref('stg_target') }}

),

judged as (

    select
        targets.*,
        kpis.alarm_lower,
        kpis.alarm_upper
    from targets
    left join kpis
        on targets.kpi_id = kpis.kpi_id

),

reasoned as (

    select
        written_in,
        target_id,
        case
            when lower_bound > upper_bound
                then format('lower_bound {} is above upper_bound {}', lower_bound, upper_bound)
            when valid_from >= valid_to
                then format('valid_from {} is not before valid_to {}', valid_from, valid_to)
            when stretch < lower_bound or stretch > upper_bound
                then format('stretch {} lies outside the band', stretch)
            when written_in = 'kpi_targets.csv' and (alarm_lower > lower_bound or alarm_upper < upper_bound)
                then format('the alarm limits {} to {} lie inside the band', alarm_lower, alarm_upper)
        end as reason
    from judged

),

problems as (

    select * from reasoned
    where reason is not null

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
