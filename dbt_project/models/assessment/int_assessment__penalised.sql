-- One row per agent and complaint or error that costs him points in an assessment, or did in a version by which he was
-- assessed; why it does so no more says reversed_because. Its date is the one of now, or the last one told.
with

lines as (

    select * from {{ ref('fct_assessment_line') }}
    where
        person_kind = 'agent'
        and kind in ('complaint', 'error')

),

version_lines as (

    select costing.*
    from {{ ref('fct_assessment_version_line') }} as costing
    semi join {{ ref('fct_assessment_version') }} as versions
        on
            costing.person_kind = versions.person_kind
            and costing.id = versions.id
            and costing.month = versions.month
            and costing.version_no = versions.version_no
            and versions.state in ('assessed', 'provisional')
    where
        costing.person_kind = 'agent'
        and costing.kind in ('complaint', 'error')

),

appeals as (

    select
        kind,
        record_id
    from {{ ref('int_assessment__appeal') }}
    where granted_date is not null

),

assessed as (

    select
        id,
        month
    from {{ ref('fct_assessment') }}
    where
        person_kind = 'agent'
        and state in ('assessed', 'provisional')

),

records as (

    select
        'complaint' as kind,
        complaint_id as record_id,
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number
    from {{ ref('fct_complaint') }}
    union all by name
    select
        'error' as kind,
        error_id as record_id,
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number
    from {{ ref('fct_check_error') }}

),

contacts as (

    select
        contact_key,
        contact_date
    from {{ ref('fct_contact') }}

),

now_penalised as (

    select lines.*
    from lines
    semi join assessed
        on
            lines.id = assessed.id
            and lines.month = assessed.month
    where lines.points < 0

),

told as (

    select
        id,
        kind,
        record_id,
        record_date,
        true as is_now,
        null as told_in
    from now_penalised
    union all by name
    select
        id,
        kind,
        record_id,
        record_date,
        false as is_now,
        publication as told_in
    from version_lines
    where points < 0

),

ever_penalised as (

    select
        id,
        kind,
        record_id,
        bool_or(is_now) as is_now,
        coalesce(
            min(record_date) filter (is_now),
            max_by(record_date, told_in)
        ) as record_date
    from told
    group by id, kind, record_id

)

select
    ever_penalised.id as agent_id,
    ever_penalised.kind || '_penalty' as rule,  -- noqa: RF04
    ever_penalised.record_id,
    ever_penalised.record_date,
    case
        when ever_penalised.is_now then null
        when appeals.record_id is not null then 'appeal'
        else 'restated'
    end as reversed_because,
    contacts.contact_key,
    contacts.contact_date,
    records.source_id,
    records.landing_day,
    records.file_name,
    records.record_number,
    records.line_number
from ever_penalised
left join appeals
    on
        ever_penalised.kind = appeals.kind
        and ever_penalised.record_id = appeals.record_id
left join records
    on
        ever_penalised.kind = records.kind
        and ever_penalised.record_id = records.record_id
left join contacts on records.contact_key = contacts.contact_key
