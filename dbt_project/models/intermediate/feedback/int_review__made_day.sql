{{ config(materialized='ephemeral') }}

with

reviews as (

    select * from {{ ref('int_review__identified') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

)

select
    reviews.reviewer_id as agent_id,
    reviews.review_date as agent_date,
    count(*) as reviews_made
from reviews
left join contacts on reviews.contact_key = contacts.contact_key
where
    reviews.reviewer_id is not null
    and not coalesce(contacts.is_test, false)
group by reviews.reviewer_id, reviews.review_date
