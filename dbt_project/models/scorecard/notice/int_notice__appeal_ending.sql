{{ config(materialized='ephemeral') }}

-- One row per record that an assessment tells against a person and to which he may object until a day: that of the
-- line, so that message and page name the same one. Teams and what is nobody's line have none.
with

lines as (

    select
        id as agent_id,
        if(kind in ('complaint', 'error'), kind, 'finding') as subject_kind,
        record_id,
        max(month) as told_month,
        any_value(code) as code,
        any_value(decided_date) as decided_date,
        min(appeal_until) as appeal_until
    from {{ ref('fct_assessment_line') }}
    where
        person_kind in ('agent', 'manager')
        and appeal_until is not null
    -- A finding stands in every month in which somebody is unfit by it.
    group by id, subject_kind, record_id

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

appeals as (

    select
        subject_kind,
        subject_source_id || '/' || subject_id as record_id,
        min(filed_at) as filed_at
    from {{ ref('stg_appeals') }}
    where filed_at <= (select covered.as_of from covered)
    group by subject_kind, subject_source_id, subject_id

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

notices as (

    select ahead_hours from {{ ref('stg_notice_setting') }}

),

codes as (

    select
        code_list,
        code,
        name_en,
        name_zh
    from {{ ref('dim_code') }}
    where code_list in ('complaint_leaves', 'error_codes')

),

named as (

    select
        lines.*,
        {{ told_name('coalesce(codes.name_en, lines.code)') }} as code_en,
        {{ told_name('coalesce(codes.name_zh, lines.code)') }} as code_zh
    from lines
    left join codes
        on
            lines.code = codes.code
            and case lines.subject_kind
                when 'complaint' then 'complaint_leaves'
                when 'error' then 'error_codes'
            end = codes.code_list

),

-- The last day is his to its end.
timed as (

    select
        named.*,
        greatest(
            {{ local_instant('settings.time_zone', 'cast(named.decided_date as timestamp)') }},
            {{ local_instant('settings.time_zone', 'cast(named.appeal_until + 1 as timestamp)') }}
            - to_hours(notices.ahead_hours)
        ) as due_at,
        appeals.filed_at
    from named
    cross join settings
    cross join notices
    left join appeals
        on
            named.subject_kind = appeals.subject_kind
            and named.record_id = appeals.record_id

)

-- What was established about somebody is not named in a message: the page says it to him.
select
    'appeal_ending' as notice_kind,
    subject_kind || '/' || record_id as subject_id,
    agent_id,
    appeal_until as period_start,
    due_at,
    filed_at as settled_at,
    true as is_for_person,
    false as is_for_leader,
    concat_ws('|', appeal_until, code) as told_values,
    'Time to appeal ends on ' || {{ told_date('appeal_until', 'en') }} as title_en,
    '申诉期将于 ' || {{ told_date('appeal_until', 'zh') }} || ' 截止' as title_zh,
    case subject_kind
        when 'complaint' then 'A complaint about ' || code_en || ' was upheld on '
        when 'error' then 'A severe error (' || code_en || ') was found in a check on '
        else 'Something about you was established on '
    end
    || {{ told_date('decided_date', 'en') }}
    || '. If the record is wrong, appeal by the end of '
    || {{ told_date('appeal_until', 'en') }}
    || '; a later appeal is told to be late.' as text_en,
    case subject_kind
        when 'complaint' then '关于 ' || code_zh || ' 的投诉已于 '
        when 'error' then '检查中发现的严重差错（' || code_zh || '）已于 '
        else '一项涉及您的事实已于 '
    end
    || {{ told_date('decided_date', 'zh') }}
    || case subject_kind
        when 'complaint' then ' 认定属实'
        when 'error' then ' 记录'
        else ' 认定'
    end
    || '。如记录有误，请在 '
    || {{ told_date('appeal_until', 'zh') }}
    || ' 结束之前申诉；之后提交的申诉会标为逾期。' as text_zh,
    '/assessment/' || url_encode(agent_id) || '/?month=' || told_month as link
from timed
where filed_at is null or filed_at > due_at
