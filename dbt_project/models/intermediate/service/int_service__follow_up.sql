{{ config(materialized='ephemeral') }}

-- One row per customer to be heard of: who gave a bad rating or asked for it in a survey, once per contact and from
-- the earlier answer on, with the first action that followed.
with

actions as (

    select * from {{ ref('stg_actions') }}
    where action_kind = 'customer_follow_up'

),

surveys as (

    select * from {{ ref('int_service__survey') }}
    where
        needs_follow_up
        and is_answered
        and not is_test

),

ratings as (

    select * from {{ ref('int_rating__invitation') }}
    where
        is_counted
        and is_rated
        and stars <= 2
        and rated_at is not null

),

since as (

    select actions_from from {{ ref('int_topic__since') }}

),

-- As a subquery below: as a column of a join it would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

-- Answers that belong to one contact are one matter.
unhappy as (

    select
        'rating' as origin_kind,
        rating_id as origin_key,
        substr(rating_id, length(source_id) + 2) as origin_id,
        contact_key as matter,
        rated_at as answered_at,
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        agent_id,
        agent_date,
        channel,
        queue_id
    from ratings
    union all by name
    select
        'survey' as origin_kind,
        source_id || '/' || survey_id as origin_key,
        survey_id as origin_id,
        coalesce(contact_key, 'survey/' || source_id || '/' || survey_id) as matter,
        answered_at,
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        owner_agent_id as agent_id,
        coalesce(owner_date, survey_date) as agent_date,
        channel,
        queue_id
    from surveys

),

due as (

    select
        *,
        cast(timezone((select settings.time_zone from settings), answered_at) as date) as answered_date
    from unhappy
    where answered_at <= (select covered.as_of from covered)
    qualify row_number() over (partition by matter order by answered_at, origin_kind, origin_key) = 1

),

-- What was done about any answer of the contact counts for it; an id stands for the record of that id in any source.
taken as (

    select
        unhappy.matter,
        actions.taken_at
    from unhappy
    inner join actions
        on
            unhappy.origin_kind = actions.origin_kind
            and unhappy.origin_id = actions.origin_id
    union all
    select
        unhappy.matter,
        actions.taken_at
    from unhappy
    inner join actions on unhappy.contact_key = actions.contact_key

),

followed as (

    select
        due.matter,
        min(taken.taken_at) as followed_up_at
    from due
    inner join taken
        on
            due.matter = taken.matter
            and due.answered_at <= taken.taken_at
    where taken.taken_at <= (select covered.as_of from covered)
    group by due.matter

)

select
    due.*,
    followed.followed_up_at
from due
cross join since
left join followed on due.matter = followed.matter
where due.answered_date >= since.actions_from
