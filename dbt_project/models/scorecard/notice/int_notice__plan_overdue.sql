{{ config(materialized='ephemeral') }}

-- One row per plan that was still open when its last day was over.
with

plans as (

    select * from {{ ref('fct_plan') }}
    where
        plan_state != 'dropped'
        and (closed_on is null or closed_on > due_on)

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

timed as (

    select
        plans.*,
        {{ local_instant('settings.time_zone', 'cast(plans.due_on + 1 as timestamp)') }} as due_at,
        {{ local_instant('settings.time_zone', 'cast(plans.closed_on as timestamp)') }} as settled_at,
        {{ told_name("concat_ws(' ', plans.subject_kind, plans.subject_id)") }} as told_subject
    from plans
    cross join settings

)

select
    'plan_overdue' as notice_kind,
    plan_id as subject_id,
    owner_id as agent_id,
    due_on as period_start,
    due_at,
    if(plan_state = 'done', coalesce(settled_at, due_at), settled_at) as settled_at,
    true as is_for_person,
    true as is_for_leader,
    due_on::varchar as told_values,
    'Plan overdue: ' || told_subject as title_en,
    '计划逾期：' || told_subject as title_zh,
    'A plan about '
    || told_subject
    || ' was to be done by '
    || {{ told_date('due_on', 'en') }}
    || '.'
    || chr(10)
    || 'To do: close it with what came of it, or agree on another date.' as text_en,
    '关于 '
    || told_subject
    || ' 的计划应在 '
    || {{ told_date('due_on', 'zh') }}
    || ' 前完成。'
    || chr(10)
    || '改进措施：填写结果并关闭，或商定新的日期。' as text_zh,
    '/plans/' as link
from timed
