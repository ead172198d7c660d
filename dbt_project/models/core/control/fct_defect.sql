-- noqa: disable=RF04
with

test_calls as (

    select * from {{ ref('fct_test_call') }}
    where not has_passed

),

sessions as (

    select * from {{ ref('fct_monitoring_session') }}
    where
        live_sessions > 0
        and has_error

),

audits as (

    select * from {{ ref('fct_ticket_audit') }}
    where tickets_wrong > 0

),

reviews as (

    select * from {{ ref('fct_quality_review') }}
    where reviews_with_severe_error + reviews_with_general_error > 0

),

complaints as (

    select * from {{ ref('fct_complaint') }}
    where complaints_upheld > 0

),

complained_of as (

    select distinct contact_key
    from complaints
    where contact_key is not null

),

found as (

    select
        'test_call' as found_in,
        'before' as stage,
        test_call_id as found_id,
        call_date as defect_date,
        *
    from test_calls
    union all by name
    select
        'monitoring' as found_in,
        'during' as stage,
        session_id as found_id,
        session_date as defect_date,
        *
    from sessions
    union all by name
    select
        'ticket_audit' as found_in,
        if(tickets_leaked > 0, 'after', 'during') as stage,
        audit_id as found_id,
        audit_date as defect_date,
        *
    from audits
    where
        tickets_leaked > 0
        or is_caught
    union all by name
    -- What a customer complained of as well came out too late, live or not; the two are one.
    select
        'review' as found_in,
        if(reviews.live_reviews > 0 and complained_of.contact_key is null, 'during', 'after') as stage,
        reviews.review_id as found_id,
        reviews.review_date as defect_date,
        reviews.*
    from reviews
    left join complained_of on reviews.contact_key = complained_of.contact_key
    union all by name
    select
        'complaint' as found_in,
        'after' as stage,
        complaints.complaint_id as found_id,
        complaints.received_date as defect_date,
        complaints.*
    from complaints
    anti join reviews on complaints.contact_key = reviews.contact_key

)

select
    contact_key,
    found_in || ':' || found_id as defect_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    defect_date,
    agent_date,
    channel,
    queue_id,
    found_in,
    stage,
    cast(stage = 'before' as bigint) as defects_before,
    cast(stage = 'during' as bigint) as defects_during,
    cast(stage = 'after' as bigint) as defects_after,
    cast(1 as bigint) as defects
from found
