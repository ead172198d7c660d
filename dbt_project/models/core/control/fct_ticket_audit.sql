with

audits as (

    select * from {{ ref('stg_ticket_audits') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

appeals as (

    select * from {{ ref('int_appeal__effect') }}
    where subject_kind = 'audit'

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

legs as (

    select * from {{ ref('int_kept__leg') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

-- What lies ahead has not happened yet.
made as (

    select
        * replace (
            if(corrected_at <= (select covered.as_of from covered), corrected_at, null) as corrected_at,
            if(dispatched_at <= (select covered.as_of from covered), dispatched_at, null) as dispatched_at,
            if(callback_at <= (select covered.as_of from covered), callback_at, null) as callback_at
        ),
        source_id || '/' || audit_id as audit_key,
        cast(timezone((select settings.time_zone from settings), audited_at) as date) as audit_date
    from audits
    where audited_at <= (select covered.as_of from covered)

),

with_agent as (

    {{ by_account('made', 'agent_id', 'audited_at') }}

),

with_auditor as (

    {{ by_account('with_agent', 'auditor_id', 'audited_at') }}

),

leg_dates as (

    select
        legs.contact_key,
        legs.agent_id,
        min(legs.agent_date) as agent_date
    from legs
    semi join with_auditor
        on
            legs.contact_key = with_auditor.contact_key
            and legs.agent_id = with_auditor.agent_id
    group by legs.contact_key, legs.agent_id

),

placed as (

    select
        with_auditor.*,
        contacts.channel,
        contacts.queue_id,
        coalesce(leg_dates.agent_date, with_auditor.audit_date) as agent_date,
        appeals.effect as appeal_effect,
        not coalesce(contacts.is_test, false) and coalesce(appeals.effect != 'overturned', true) as is_counted
    from with_auditor
    left join contacts on with_auditor.contact_key = contacts.contact_key
    left join leg_dates
        on
            with_auditor.contact_key = leg_dates.contact_key
            and with_auditor.agent_id = leg_dates.agent_id
    left join appeals on with_auditor.audit_key = appeals.subject_key

),

-- Corrected when it went out is caught, be it in the same second.
judged as (

    select
        *,
        is_counted and has_error as is_wrong,
        is_counted and has_error and dispatched_at is not null and coalesce(corrected_at > dispatched_at, true)
            as is_leaked,
        is_counted and has_error and corrected_at is not null and coalesce(corrected_at <= dispatched_at, true)
            as is_caught,
        is_counted and needs_callback as is_callback_due,
        is_counted and needs_callback and callback_at is not null as is_called_back
    from placed

)

select
    contact_key,
    audit_key as audit_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    if(appeal_effect = 'not_responsible', null, agent_id) as agent_id,
    audit_date,
    agent_date,
    channel,
    queue_id,
    auditor_id,
    ticket_id,
    appeal_effect,
    is_caught,
    cast(is_counted as bigint) as tickets_audited,
    cast(is_wrong as bigint) as tickets_wrong,
    cast(is_leaked as bigint) as tickets_leaked,
    cast(is_callback_due as bigint) as ticket_callbacks_needed,
    cast(is_called_back as bigint) as ticket_callbacks_made,
    cast(
        if(is_called_back, greatest(epoch_us(callback_at) - epoch_us(audited_at), 0) / 1000000, 0) as decimal(18, 3)
    ) as ticket_callback_seconds
from judged
