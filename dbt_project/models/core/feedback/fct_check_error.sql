with

errors as (

    select * from {{ ref('int_review__error') }}

),

reviews as (

    select * from {{ ref('fct_quality_review') }}

)

-- An error of a review that counts nowhere, or that was overturned itself, stays as a row with nothing to count.
select
    reviews.contact_key,
    errors.error_key as error_id,
    errors.source_id,
    errors.landing_day,
    errors.file_name,
    errors.record_number,
    errors.line_number,
    if(errors.appeal_effect = 'not_responsible', null, reviews.agent_id) as agent_id,
    reviews.review_date as error_date,
    reviews.agent_date,
    reviews.channel,
    reviews.queue_id,
    errors.check_kind,
    reviews.review_id,
    errors.error_code,
    errors.error_class,
    errors.is_good_faith,
    errors.appeal_effect,
    errors.knowledge_point,
    errors.case_code,
    cast(
        coalesce(reviews.reviews, 0) > 0 and coalesce(errors.appeal_effect != 'overturned', true) as bigint
    ) as review_errors,
    cast(review_errors > 0 and errors.is_good_faith as bigint) as good_faith_errors
from errors
left join reviews on errors.source_id || '/' || errors.review_id = reviews.review_id
