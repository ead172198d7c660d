with

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

dated as (

    {{ feed_reaches('always') }}
    union all
    select
        min(first_at) as first_at,
        max(last_at) as last_at
    from {{ ref('int_kept__row_count') }}

),

-- What is said of contacts later says nothing of how far the contacts are covered: a review of today must not close
-- a window of contacts that come tonight. Only a home that has nothing else is dated by it.
dated_beside as (

    {{ feed_reaches('alone') }}

),

covered as (

    select * from dated
    union all
    select dated_beside.*
    from dated_beside
    where (select max(dated.last_at) from dated) is null

),

span as (

    select
        min(first_at) as first_at,
        max(last_at) as last_at
    from covered

),

-- Of what goes on purpose, the last publication that has all of it says so; its values stay as they were.
gone as (

    select max(kept_from) as kept_from
    from {{ ref('stg_retention') }}
    where area = 'records'

)

select
    coalesce(settings.as_of, span.last_at) as as_of,
    cast(timezone(settings.time_zone, coalesce(settings.as_of, span.last_at)) as date) as as_of_date,
    cast(timezone(settings.time_zone, coalesce(span.first_at, settings.as_of)) as date) as first_date,
    greatest(
        cast(timezone(settings.time_zone, coalesce(span.first_at, settings.as_of)) as date),
        gone.kept_from
    ) as valued_from,
    gone.kept_from
from span
cross join settings
cross join gone
