{{ config(materialized='ephemeral') }}

-- One row per record that may cost somebody points, and way of telling its month: upheld complaints, severe errors of
-- reviews, established fraud. A note says why one costs nothing whatever the policy is.
with

complaints as (

    select * from {{ ref('fct_complaint') }}
    where
        complaints > 0
        and agent_id is not null
        and (complaints_upheld > 0 or appeal_effect = 'overturned')

),

errors as (

    select * from {{ ref('fct_check_error') }}
    where
        error_class = 'severe'
        and agent_id is not null
        and (review_errors > 0 or appeal_effect = 'overturned')

),

findings as (

    select * from {{ ref('fct_finding') }}
    where
        finding_kind = 'fraud'
        and agent_id is not null
        and (is_effective or appeal_effect = 'overturned')

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

established as (

    select
        source_id || '/' || finding_id as finding_id,
        cast(
            timezone((select settings.time_zone from settings), established_at) as date
        ) as established_date
    from {{ ref('stg_findings') }}

),

codes as (

    select * from {{ ref('dim_code') }}

),

contacts as (

    select
        contacts.contact_key,
        contacts.contact_date
    from {{ ref('fct_contact') }} as contacts
    semi join errors on contacts.contact_key = errors.contact_key

),

excluded as (

    select
        contact_key,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

told as (

    select
        'complaint' as kind,
        'complaint' as kpi_group,
        complaints.complaint_id as record_id,
        complaints.contact_key,
        complaints.agent_id,
        complaints.agent_date,
        complaints.landing_day,
        complaints.leaf as code,
        coalesce(leaves.group_code, split_part(complaints.leaf, '.', 1)) as cause,
        complaints.is_good_faith,
        complaints.appeal_effect,
        complaints.received_date as record_date,
        complaints.decided_date,
        [
            struct_pack(month_by := 'received', record_day := complaints.received_date),
            struct_pack(month_by := 'decided', record_day := complaints.decided_date)
        ] as told_days
    from complaints
    left join codes as leaves
        on
            leaves.code_list = 'complaint_leaves'
            and complaints.leaf = leaves.code
    union all by name
    select
        'error' as kind,
        'quality' as kpi_group,
        errors.error_id as record_id,
        errors.contact_key,
        errors.agent_id,
        errors.agent_date,
        errors.landing_day,
        errors.error_code as code,
        error_groups.group_code as cause,
        errors.is_good_faith,
        errors.appeal_effect,
        errors.error_date as record_date,
        errors.error_date as decided_date,
        [
            struct_pack(month_by := 'occurred', record_day := coalesce(contacts.contact_date, errors.error_date)),
            struct_pack(month_by := 'reviewed', record_day := errors.error_date)
        ] as told_days
    from errors
    left join contacts on errors.contact_key = contacts.contact_key
    left join codes as error_groups
        on
            error_groups.code_list = 'error_codes'
            and errors.error_code = error_groups.code
    union all by name
    select
        'fraud' as kind,
        findings.finding_id as record_id,
        findings.contact_key,
        findings.agent_id,
        findings.agent_date,
        findings.landing_day,
        findings.finding_kind as code,
        findings.finding_kind as cause,
        coalesce(findings.appeal_effect = 'good_faith', false) as is_good_faith,
        findings.appeal_effect,
        findings.occurred_on as record_date,
        established.established_date as decided_date,
        [
            struct_pack(month_by := 'occurred', record_day := findings.occurred_on),
            struct_pack(month_by := 'established', record_day := established.established_date)
        ] as told_days
    from findings
    left join established on findings.finding_id = established.finding_id

),

noted as (

    select
        told.*,
        case
            when told.appeal_effect = 'overturned' then 'overturned'
            when excluded.contact_key is not null then 'incident'
            when told.is_good_faith then 'good_faith'
        end as note,
        unnest(told.told_days) as told_day
    from told
    left join excluded
        on
            told.contact_key = excluded.contact_key
            and told.kpi_group = excluded.kpi_group

)

-- noqa: disable=RF03
select
    kind,
    record_id,
    agent_id,
    agent_date,
    landing_day,
    code,
    cause,
    record_date,
    decided_date,
    note,
    told_day.month_by,
    cast(date_trunc('month', told_day.record_day) as date) as month_start
from noted
where told_day.record_day is not null
