with

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

dated as (

    select
        min(started_at) as first_at,
        greatest(max(started_at), max(ended_at)) as last_at
    from {{ ref('stg_contacts') }}
    union all
    select
        min(occurred_at) as first_at,
        max(occurred_at) as last_at
    from {{ ref('stg_contact_events') }}
    union all
    select
        min(sent_at) as first_at,
        max(sent_at) as last_at
    from {{ ref('stg_messages') }}
    union all
    select
        min(started_at) as first_at,
        greatest(max(started_at), max(ended_at)) as last_at
    from {{ ref('stg_agent_states') }}
    union all
    select
        min(invited_at) as first_at,
        greatest(max(invited_at), max(delivered_at), max(rated_at)) as last_at
    from {{ ref('stg_ratings') }}

),

-- What is said of contacts later says nothing of how far the contacts are covered: a review of today must not close
-- a window of contacts that come tonight. Only a home that has nothing else is dated by it.
dated_beside as (

    select
        min(reviewed_at) as first_at,
        max(reviewed_at) as last_at
    from {{ ref('stg_quality_reviews') }}
    union all
    select
        min(observed_at) as first_at,
        max(observed_at) as last_at
    from {{ ref('stg_observations') }}
    union all
    select
        min(received_at) as first_at,
        max(received_at) as last_at
    from {{ ref('stg_recognitions') }}

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

)

select
    coalesce(settings.as_of, span.last_at) as as_of,
    cast(timezone(settings.time_zone, coalesce(settings.as_of, span.last_at)) as date) as as_of_date,
    cast(timezone(settings.time_zone, coalesce(span.first_at, settings.as_of)) as date) as first_date
from span
cross join settings
