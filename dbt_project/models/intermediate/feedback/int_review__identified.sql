with

reviews as (

    select * from {{ ref('stg_quality_reviews') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

with_agent as (

    {{ by_account('reviews', 'agent_id', 'reviewed_at') }}

),

with_reviewer as (

    {{ by_account('with_agent', 'reviewer_id', 'reviewed_at') }}

)

select
    with_reviewer.source_id || '/' || with_reviewer.review_id as review_key,
    with_reviewer.source_id,
    with_reviewer.landing_day,
    with_reviewer.file_name,
    with_reviewer.record_number,
    with_reviewer.line_number,
    with_reviewer.review_id,
    with_reviewer.contact_key,
    with_reviewer.agent_id,
    with_reviewer.reviewer_id,
    cast(timezone((select settings.time_zone from settings), with_reviewer.reviewed_at) as date) as review_date,
    with_reviewer.review_mode,
    with_reviewer.selection,
    with_reviewer.score,
    with_reviewer.acknowledged_at
from with_reviewer
