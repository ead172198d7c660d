with

reviews as (

    select * from {{ ref('int_review__identified') }}

),

errors as (

    select * from {{ ref('stg_quality_errors') }}
    where check_kind = 'review'

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

errors_by_review as (

    select
        source_id,
        review_id,
        count(*) filter (where error_class = 'severe') as severe_errors,
        count(*) filter (where error_class = 'general') as general_errors
    from errors
    group by source_id, review_id

),

-- A review of a test contact says nothing about service: it stays as a row, with nothing to count.
counted as (

    select
        reviews.*,
        contacts.channel,
        contacts.queue_id,
        coalesce(errors_by_review.severe_errors, 0) as found_severe_errors,
        coalesce(errors_by_review.general_errors, 0) as found_general_errors,
        not coalesce(contacts.is_test, false) as is_counted
    from reviews
    left join errors_by_review
        on
            reviews.source_id = errors_by_review.source_id
            and reviews.review_id = errors_by_review.review_id
    left join contacts on reviews.contact_key = contacts.contact_key

)

-- 97.0 of 100 is the pass mark of the source's standard; 96.9 fails.
select
    review_key as review_id,
    contact_key,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    reviewer_id,
    review_date,
    review_date as agent_date,
    channel,
    queue_id,
    cast(is_counted as bigint) as reviews,
    cast(is_counted and score >= 97 as bigint) as reviews_passed,
    cast(is_counted and review_mode = 'live' as bigint) as live_reviews,
    cast(is_counted and found_severe_errors > 0 as bigint) as reviews_with_severe_error,
    cast(is_counted and found_general_errors > 0 as bigint) as reviews_with_general_error,
    if(is_counted, found_severe_errors, 0) as severe_errors,
    if(is_counted, found_general_errors, 0) as general_errors
from counted
