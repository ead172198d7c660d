{{ config(materialized='ephemeral') }}

-- One row per signal that was known on its own day, and duty manager of that day.
with

signals as (

    select * from {{ ref('fct_topic_signal') }}

),

managers as (

    select
        agent_id,
        agent_date
    from {{ ref('dim_agent_day') }}
    where role = 'duty_manager'

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

timed as (

    select
        signals.*,
        managers.agent_id as manager_id,
        dates.ends_at,
        timezone(settings.time_zone, signals.detected_at) as detected_clock,
        if(signals.topic = '*', 'all contacts', {{ told_name('signals.topic') }}) as topic_en,
        if(signals.topic = '*', '全部联络', {{ told_name('signals.topic') }}) as topic_zh
    from signals
    cross join settings
    inner join managers on signals.local_date = managers.agent_date
    inner join dates on signals.local_date = dates.agent_date
    where signals.known_at < dates.ends_at

)

select
    'topic_signal' as notice_kind,
    'agent' as recipient_kind,
    manager_id as recipient_id,
    signal_id as subject_id,
    local_date as period_start,
    known_at as due_at,
    ends_at as expires_at,
    if(signal_result = 'false_alarm', known_at, first_action_at) as settled_at,
    signal_id as told_values,
    'More contacts than usual: ' || topic_en as title_en,
    '联络异常增多：' || topic_zh as title_zh,
    'Since '
    || strftime(detected_clock, '%H:%M')
    || ': '
    || contacts
    || ' contacts about '
    || topic_en
    || ', '
    || {{ told_number('expected', '1') }}
    || ' were to be expected.'
    || chr(10)
    || 'To do: find the cause, tell customers and staff, and log it as '
    || {{ told_name('signal_id') }}
    || '.' as text_en,
    '自 '
    || strftime(detected_clock, '%H:%M')
    || ' 起：'
    || topic_zh
    || ' '
    || contacts
    || ' 次，预期 '
    || {{ told_number('expected', '1') }}
    || ' 次。'
    || chr(10)
    || '改进措施：查明原因，告知客户与员工，并以 '
    || {{ told_name('signal_id') }}
    || ' 登记。' as text_zh,
    '/warnings/' as link
from timed
