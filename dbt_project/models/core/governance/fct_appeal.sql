with

appeals as (

    select * from {{ ref('stg_appeals') }}

),

complaints as (

    select * from {{ ref('fct_complaint') }}

),

errors as (

    select * from {{ ref('fct_check_error') }}

),

reviews as (

    select * from {{ ref('fct_quality_review') }}

),

findings as (

    select * from {{ ref('fct_finding') }}

),

audits as (

    select * from {{ ref('fct_ticket_audit') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

subjects as (

    select
        'complaint' as subject_kind,
        complaint_id as subject_key,
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id
    from complaints
    union all by name
    select
        'error' as subject_kind,
        error_id as subject_key,
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id
    from errors
    union all by name
    select
        'review' as subject_kind,
        review_id as subject_key,
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id
    from reviews
    union all by name
    select
        'finding' as subject_kind,
        finding_id as subject_key,
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id
    from findings
    union all by name
    select
        'audit' as subject_kind,
        audit_id as subject_key,
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id
    from audits

),

decided as (

    select
        appeals.*,
        appeals.subject_source_id || '/' || appeals.subject_id as subject_key,
        coalesce(appeals.decided_at <= covered.as_of, false) as is_decided
    from appeals
    cross join covered
    where appeals.filed_at <= covered.as_of

)

-- A pending appeal has no day yet: it stands as a row with nothing to count.
select
    subjects.contact_key,
    decided.source_id || '/' || decided.appeal_id as appeal_id,
    decided.source_id,
    decided.landing_day,
    decided.file_name,
    decided.record_number,
    decided.line_number,
    subjects.agent_id,
    cast(
        timezone((select settings.time_zone from settings), if(decided.is_decided, decided.decided_at, null)) as date
    ) as appeal_date,
    subjects.agent_date,
    subjects.channel,
    subjects.queue_id,
    decided.subject_kind,
    decided.subject_key as subject_id,
    if(decided.is_decided, decided.outcome, 'pending') as appeal_outcome,
    if(decided.is_decided, decided.effect, null) as appeal_effect,
    cast(decided.is_decided as bigint) as appeals_decided,
    cast(decided.is_decided and decided.outcome = 'granted' as bigint) as appeals_granted
from decided
left join subjects
    on
        decided.subject_kind = subjects.subject_kind
        and decided.subject_key = subjects.subject_key
