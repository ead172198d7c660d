{{ config(materialized='ephemeral') }}

-- One row per closed month and person assessed, from the date on which the month closed. A later version with another
-- result is other news; one with the same result is none.
with

assessments as (

    select * from {{ ref('fct_assessment') }}
    where
        is_closed
        and person_kind in ('agent', 'manager')
        and state in ('assessed', 'provisional', 'not_assessed', 'unfit')

),

settings as (

    select
        time_zone,
        close_after_days
    from {{ ref('stg_centre_setting') }}

),

told as (

    select
        assessments.*,
        {{ local_instant(
            'settings.time_zone',
            "(cast(assessments.month + interval 1 month as timestamp) + to_days(settings.close_after_days))"
        ) }} as due_at,
        {{ told_number('assessments.total', 'assessments.rounding') }} as total_told,
        {{ told_number('assessments.component_points', 'assessments.rounding') }} as components_told,
        {{ told_number('assessments.reward_points', 'assessments.rounding') }} as rewards_told,
        {{ told_number('assessments.complaint_points', 'assessments.rounding') }} as complaints_told
    from assessments
    cross join settings

)

select
    'assessment_published' as notice_kind,
    person_kind || '/' || id || '/' || month as subject_id,
    id as agent_id,
    month as period_start,
    due_at,
    true as is_for_person,
    false as is_for_leader,
    concat_ws('|', state, total, is_excellent, component_points, reward_points, complaint_points) as told_values,
    'Your assessment of ' || strftime(month, '%B %Y') as title_en,
    strftime(month, '%Y-%m') || ' 考核结果' as title_zh,
    concat_ws(
        chr(10),
        if(
            total is null,
            'There is no total for this month; the page says why.',
            total_told
            || ' points: components '
            || components_told
            || coalesce(', rewards ' || rewards_told, '')
            || coalesce(', less complaints ' || complaints_told, '')
            || '. Every line stands on the page.'
        ),
        if(is_excellent, 'Excellent.', null),
        if(state = 'provisional', 'An appeal is pending: it may change.', null),
        'To do: look at the lines with your leader; the page says how to appeal, and until when.'
    ) as text_en,
    concat_ws(
        chr(10),
        if(
            total is null,
            '本月没有总分，原因见页面。',
            total_told
            || ' 分：指标 '
            || components_told
            || coalesce('，奖励 ' || rewards_told, '')
            || coalesce('，投诉扣 ' || complaints_told, '')
            || '。各项明细见页面。'
        ),
        if(is_excellent, '优秀。', null),
        if(state = 'provisional', '有申诉待决，结果可能变化。', null),
        '改进措施：与班组长一起查看明细；申诉方式与期限见页面。'
    ) as text_zh,
    '/agent/' || url_encode(id) || '/?period=month&start=' || month as link
from told
