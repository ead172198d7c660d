{{ config(materialized='ephemeral') }}

-- One row per document and person who is to acknowledge it by a time.
with

receipts as (

    select * from {{ ref('fct_document_receipt') }}
    where
        receipt_event = 'addressed'
        and addressed_at < acknowledge_by

),

agents as (

    select
        agent_id,
        left_on
    from {{ ref('dim_agent') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

notices as (

    select ahead_hours from {{ ref('stg_notice_setting') }}

),

timed as (

    select
        receipts.*,
        timezone(settings.time_zone, receipts.acknowledge_by) as due_clock,
        {{ told_name('coalesce(receipts.document_title, receipts.document_id)') }} as told_title,
        receipts.acknowledge_by - to_hours(notices.ahead_hours) as ahead_at
    from receipts
    cross join settings
    cross join notices

)

select
    'document_due' as notice_kind,
    timed.document_id as subject_id,
    timed.agent_id,
    cast(timed.due_clock as date) as period_start,
    -- An acknowledgement that came before anybody was asked leaves nothing to ask for.
    greatest(timed.addressed_at, timed.ahead_at) as due_at,
    timed.acknowledged_at as settled_at,
    true as is_for_person,
    false as is_for_leader,
    concat_ws('|', timed.told_title, timed.acknowledge_by) as told_values,
    'To acknowledge: ' || timed.told_title as title_en,
    '待确认：' || timed.told_title as title_zh,
    'Read and acknowledge "'
    || timed.told_title
    || '" by '
    || {{ told_date('timed.due_clock', 'en') }}
    || strftime(timed.due_clock, ' %H:%M.') as text_en,
    '请在 '
    || {{ told_date('timed.due_clock', 'zh') }}
    || strftime(timed.due_clock, ' %H:%M ')
    || '之前阅读并确认“'
    || timed.told_title
    || '”。' as text_zh,
    '/bulletin/' as link
from timed
left join agents on timed.agent_id = agents.agent_id
where
    (agents.left_on is null or agents.left_on > cast(timed.due_clock as date))
    and (timed.acknowledged_at is null or timed.acknowledged_at > greatest(timed.addressed_at, timed.ahead_at))
