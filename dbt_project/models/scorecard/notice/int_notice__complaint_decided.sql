{{ config(materialized='ephemeral') }}

-- One row per decided complaint that a person is named by. What is pending, or upheld without naming anybody, is no
-- news about anyone.
with

complaints as (

    select * from {{ ref('fct_complaint') }}
    where
        complaints_decided > 0
        and agent_id is not null

),

records as (

    select
        source_id || '/' || complaint_id as complaint_id,
        decided_at
    from {{ ref('stg_complaints') }}

),

leaves as (

    select
        code,
        name_en,
        name_zh
    from {{ ref('dim_code') }}
    where code_list = 'complaint_leaves'

),

agents as (

    select
        agent_id,
        {{ told_name('agent_name') }} as agent_name
    from {{ ref('dim_agent') }}

)

select
    'complaint_decided' as notice_kind,
    complaints.complaint_id as subject_id,
    complaints.agent_id,
    complaints.decided_date as period_start,
    records.decided_at as due_at,
    true as is_for_person,
    true as is_for_leader,
    concat_ws('|', complaints.complaint_outcome, complaints.leaf, complaints.is_good_faith) as told_values,
    concat_ws(
        '',
        'Complaint ', if(complaints.complaint_outcome = 'upheld', 'upheld', 'not upheld'), ': ', agents.agent_name
    ) as title_en,
    concat_ws(
        '', '投诉', if(complaints.complaint_outcome = 'upheld', '属实', '不属实'), '：', agents.agent_name
    ) as title_zh,
    concat_ws(
        chr(10),
        'A complaint received on '
        || {{ told_date('complaints.received_date', 'en') }}
        || ' was decided on '
        || {{ told_date('complaints.decided_date', 'en') }}
        || if(complaints.complaint_outcome = 'upheld', ': upheld.', ': not upheld. Nothing follows from it.'),
        'About: ' || {{ told_name('coalesce(leaves.name_en, complaints.leaf)') }} || '.',
        if(complaints.is_good_faith, 'In good faith: it counts in the rates, and there is no penalty.', null),
        if(
            complaints.complaint_outcome = 'upheld',
            'To do: read the record with your leader; if it is wrong, appeal.',
            null
        )
    ) as text_en,
    concat_ws(
        chr(10),
        {{ told_date('complaints.received_date', 'zh') }}
        || ' 收到的一件投诉已于 '
        || {{ told_date('complaints.decided_date', 'zh') }}
        || if(complaints.complaint_outcome = 'upheld', ' 认定：属实。', ' 认定：不属实，不产生任何影响。'),
        '类别：' || {{ told_name('coalesce(leaves.name_zh, complaints.leaf)') }} || '。',
        if(complaints.is_good_faith, '属善意差错：计入比率，不扣分。', null),
        if(complaints.complaint_outcome = 'upheld', '改进措施：与班组长一起查看记录；如有异议，请申诉。', null)
    ) as text_zh,
    '/complaints/' as link
from complaints
inner join records on complaints.complaint_id = records.complaint_id
inner join agents on complaints.agent_id = agents.agent_id
left join leaves on complaints.leaf = leaves.code
