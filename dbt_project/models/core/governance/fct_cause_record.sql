-- noqa: disable=RF04
with

errors as (

    select * from {{ ref('fct_check_error') }}
    where
        review_errors > 0
        and error_date is not null

),

complaints as (

    select * from {{ ref('fct_complaint') }}
    where complaints > 0

),

tags as (

    select * from {{ ref('fct_contact_tag') }}
    where contact_date is not null

),

transferred as (

    select contact_key from {{ ref('fct_contact_leg') }}
    where contacts_transferred > 0

),

leavers as (

    select * from {{ ref('fct_leaver') }}
    where leavers > 0

),

not_delivered as (

    select * from {{ ref('fct_rating') }}
    where rating_invited > rating_delivered

),

difficulties as (

    select * from {{ ref('fct_monitoring_session') }}
    where
        monitoring_sessions > 0
        and difficulty is not null

),

leaves as (

    select
        code,
        group_code
    from {{ ref('dim_code') }}
    where code_list = 'complaint_leaves'

),

excluded as (

    select
        contact_key,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

error_causes as (

    select
        error_class || '_error' as family,
        error_code as cause,
        *
    from errors
    union all by name
    select
        'knowledge_point' as family,
        knowledge_point as cause,
        *
    from errors
    where knowledge_point is not null

),

complaint_causes as (

    select
        'complaint_received' as family,
        leaf as cause,
        *
    from complaints
    union all by name
    select
        'complaint' as family,
        leaf as cause,
        *
    from complaints
    where complaints_upheld > 0
    union all by name
    select
        'complaint_cause' as family,
        leaves.group_code as cause,
        complaints.*
    from complaints
    left join leaves on complaints.leaf = leaves.code
    where complaints.complaints_upheld > 0

),

tag_causes as (

    select
        'avoidable' as family,
        nullif(detail, '-') as cause,
        *
    from tags
    where contacts_avoidable > 0
    union all by name
    select
        'transfer_cause' as family,
        nullif(tags.detail, '-') as cause,
        tags.*
    from tags
    semi join transferred on tags.contact_key = transferred.contact_key
    where tags.tag = 'transfer_cause'

),

together as (

    select
        family,
        'quality' as kpi_group,
        error_id as record_id,
        contact_key,
        cause,
        agent_id,
        agent_date,
        error_date as scope_date,
        channel,
        queue_id
    from error_causes
    union all by name
    select
        family,
        'complaint' as kpi_group,
        complaint_id as record_id,
        contact_key,
        cause,
        agent_id,
        agent_date,
        received_date as scope_date,
        channel,
        queue_id
    from complaint_causes
    union all by name
    select
        family,
        if(family = 'avoidable', 'voice', 'resolution') as kpi_group,
        tag_id as record_id,
        contact_key,
        cause,
        agent_id,
        agent_date,
        contact_date as scope_date,
        channel,
        queue_id
    from tag_causes
    union all by name
    select
        'difficulty' as family,
        'control' as kpi_group,
        session_id as record_id,
        contact_key,
        difficulty as cause,
        agent_id,
        agent_date,
        session_date as scope_date,
        channel,
        queue_id
    from difficulties
    union all by name
    select
        'not_delivered' as family,
        'rating' as kpi_group,
        rating_id as record_id,
        contact_key,
        not_delivered_reason as cause,
        agent_id,
        agent_date,
        contact_date as scope_date,
        channel,
        queue_id
    from not_delivered
    union all by name
    select
        'leave_reason' as family,
        'workforce' as kpi_group,
        agent_id || '/' || left_on as record_id,
        leave_reason as cause,
        agent_id,
        left_on as agent_date,
        left_on as scope_date
    from leavers

)

-- What nobody named a cause of is other: it is in the total, and a large one says that causes are not told well.
select
    together.family,
    together.record_id,
    together.contact_key,
    coalesce(together.cause, 'other') as cause,
    together.kpi_group,
    together.agent_id,
    together.scope_date,
    together.agent_date,
    together.channel,
    together.queue_id,
    excluded.contact_key is not null as is_excluded
from together
left join excluded
    on
        together.contact_key = excluded.contact_key
        and together.kpi_group = excluded.kpi_group
