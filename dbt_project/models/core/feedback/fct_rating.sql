with

invitations as (

    select * from {{ ref('int_rating__invitation') }}
    where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}

),

eligible as (

    select * from {{ ref('int_rating__eligible') }}
    where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}

),

-- A source may also invite after a contact that was not to be rated: rates over eligible contacts leave that out above
-- the line as well.
placed as (

    select
        invitations.*,
        eligible.contact_key is not null as is_eligible
    from invitations
    left join eligible
        on invitations.contact_key = eligible.contact_key

)

-- Satisfied from 4 stars, dissatisfied up to 2; up to 3 goes to the review list.
select
    contact_key,
    rating_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    channel,
    queue_id,
    contact_date,
    agent_date,
    is_counted,
    invited_at,
    delivered_at,
    rated_at,
    not_delivered_reason,
    cast(is_counted as bigint) as rating_invited,
    cast(is_counted and is_delivered as bigint) as rating_delivered,
    cast(is_counted and is_rated as bigint) as ratings,
    cast(is_counted and is_eligible as bigint) as rating_invited_eligible,
    cast(is_counted and is_eligible and is_rated as bigint) as ratings_eligible,
    cast(if(is_counted and is_rated, stars, 0) as decimal(18, 4)) as stars_sum,
    cast(if(is_counted and is_rated, stars * stars, 0) as decimal(18, 4)) as stars_squared_sum,
    cast(is_counted and is_rated and stars >= 4 as bigint) as good_ratings,
    cast(is_counted and is_rated and stars <= 2 as bigint) as bad_ratings,
    cast(is_counted and is_rated and stars <= 3 as bigint) as low_ratings
from placed
