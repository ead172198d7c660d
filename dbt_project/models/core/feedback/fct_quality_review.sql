with

reviews as (

    select * from {{ ref('int_review__identified') }}

),

errors as (

    select * from {{ ref('int_review__error') }}
    where appeal_effect is null or appeal_effect = 'good_faith'

),

items as (

    select * from {{ ref('stg_quality_review_items') }}
    where
        check_kind = 'review'
        and is_applicable

),

norm_items as (

    select * from {{ ref('dim_code') }}
    where code_list = 'norm_items'

),

appeals as (

    select * from {{ ref('int_appeal__effect') }}
    where subject_kind = 'review'

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

-- The greeting has four parts (group G of the norm items); those that did not apply are not asked for.
items_by_review as (

    select
        items.source_id,
        items.review_id,
        count(*) as items_scored,
        count(*) filter (where norm_items.group_code = 'G') as greeting_items,
        count(*) filter (where norm_items.group_code = 'G' and items.score >= items.max_score) as greeting_items_full
    from items
    left join norm_items on items.item = norm_items.code
    group by items.source_id, items.review_id

),

-- A review of a test contact says nothing about service, and one that was overturned on appeal nothing at all: it
-- stays as a row, with nothing to count.
counted as (

    select
        reviews.*,
        contacts.channel,
        contacts.queue_id,
        appeals.effect as appeal_effect,
        coalesce(errors_by_review.severe_errors, 0) as found_severe_errors,
        coalesce(errors_by_review.general_errors, 0) as found_general_errors,
        coalesce(items_by_review.items_scored, 0) as items_scored,
        coalesce(items_by_review.greeting_items, 0) as greeting_items,
        coalesce(items_by_review.greeting_items_full, 0) as greeting_items_full,
        not coalesce(contacts.is_test, false) and coalesce(appeals.effect != 'overturned', true) as is_counted
    from reviews
    left join errors_by_review
        on
            reviews.source_id = errors_by_review.source_id
            and reviews.review_id = errors_by_review.review_id
    left join items_by_review
        on
            reviews.source_id = items_by_review.source_id
            and reviews.review_id = items_by_review.review_id
    left join appeals on reviews.review_key = appeals.subject_key
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
    if(appeal_effect = 'not_responsible', null, agent_id) as agent_id,
    reviewer_id,
    review_date,
    review_date as agent_date,
    channel,
    queue_id,
    appeal_effect,
    cast(is_counted as bigint) as reviews,
    cast(is_counted and score >= 97 as bigint) as reviews_passed,
    cast(is_counted and review_mode = 'live' as bigint) as live_reviews,
    cast(is_counted and selection = 'random' as bigint) as random_reviews,
    cast(is_counted and acknowledged_at is not null as bigint) as reviews_acknowledged,
    cast(is_counted and found_severe_errors > 0 as bigint) as reviews_with_severe_error,
    cast(is_counted and found_general_errors > 0 as bigint) as reviews_with_general_error,
    if(is_counted, found_severe_errors, 0) as severe_errors,
    if(is_counted, found_general_errors, 0) as general_errors,
    if(is_counted, items_scored, 0) as review_items_scored,
    cast(is_counted and greeting_items > 0 as bigint) as reviews_greeting_scored,
    cast(is_counted and greeting_items > 0 and greeting_items = greeting_items_full as bigint)
        as reviews_greeting_complete
from counted
