{{ config(materialized='view') }}

-- One row per item of the rubric that a review scored: of reviews that count, and that no incident takes out.
with

items as (

    select * from {{ ref('stg_quality_review_items') }}
    where
        check_kind = 'review'
        and is_applicable
        and max_score > 0

),

reviews as (

    select * from {{ ref('fct_quality_review') }}
    where reviews > 0

),

excluded as (

    select contact_key
    from {{ ref('int_contact__excluded') }}
    where kpi_group = 'quality'

)

select
    items.item,
    items.score,
    items.max_score,
    reviews.agent_id,
    reviews.agent_date,
    reviews.review_date
from items
inner join reviews on items.source_id || '/' || items.review_id = reviews.review_id
anti join excluded on reviews.contact_key = excluded.contact_key
