with

as_of as (

    select * from {{ ref('int_as_of') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

dates as (

    select cast(unnest(generate_series(first_date, as_of_date, interval 1 day)) as date) as agent_date
    from as_of

)

select
    dates.agent_date,
    -- The local midnights carry the day's length: 23 or 25 hours when clocks change.
    {{ local_instant('settings.time_zone', 'cast(dates.agent_date as timestamp)') }} as starts_at,
    {{ local_instant('settings.time_zone', 'cast(dates.agent_date + 1 as timestamp)') }} as ends_at
from dates
cross join settings
