{{ config(materialized='ephemeral') }}

-- One row per listening in which something was wrong while the contact went on: from so many minutes after the agent's
-- part on, whoever listened and the agent's leader may talk with him.
with

sessions as (

    select * from {{ ref('fct_monitoring_session') }}
    where
        monitoring_mode = 'live'
        and agent_id is not null
        and (has_error or conclusion = 'needs_training')

),

legs as (

    select
        contact_key,
        agent_id,
        max(ended_at) as ended_at
    from {{ ref('fct_contact_leg') }}
    where contact_key in (select sessions.contact_key from sessions)
    group by contact_key, agent_id

),

talks as (

    select
        contact_key,
        coached_agent_id as agent_id,
        min(coaching_date) as coached_on
    from {{ ref('fct_coaching') }}
    group by contact_key, coached_agent_id

),

agents as (

    select
        agent_id,
        {{ told_name('agent_name') }} as agent_name
    from {{ ref('dim_agent') }}

),

settings as (

    select
        time_zone,
        coaching_delay_minutes
    from {{ ref('stg_centre_setting') }}

)

select
    'coaching_ready' as notice_kind,
    'agent' as recipient_kind,
    sessions.monitor_id as recipient_id,
    sessions.session_id as subject_id,
    sessions.agent_id,
    sessions.session_date as period_start,
    legs.ended_at + to_minutes(settings.coaching_delay_minutes) as due_at,
    {{ local_instant('settings.time_zone', 'cast(talks.coached_on as timestamp)') }} as settled_at,
    false as is_for_person,
    true as is_for_leader,
    settings.coaching_delay_minutes::varchar as told_values,
    'Time to talk: ' || agents.agent_name as title_en,
    '可以面谈：' || agents.agent_name as title_zh,
    settings.coaching_delay_minutes
    || ' minutes have gone by since the contact of '
    || {{ told_date('sessions.session_date', 'en') }}
    || ' that was listened to.'
    || chr(10)
    || 'To do: talk with '
    || agents.agent_name
    || ', and let him tell first how he saw it.' as text_en,
    {{ told_date('sessions.session_date', 'zh') }}
    || ' 监听的服务已结束 '
    || settings.coaching_delay_minutes
    || ' 分钟。'
    || chr(10)
    || '改进措施：与 '
    || agents.agent_name
    || ' 面谈，先听本人说明。' as text_zh,
    '/control/' as link
from sessions
cross join settings
inner join legs
    on
        sessions.contact_key = legs.contact_key
        and sessions.agent_id = legs.agent_id
inner join agents on sessions.agent_id = agents.agent_id
left join talks
    on
        sessions.contact_key = talks.contact_key
        and sessions.agent_id = talks.agent_id
