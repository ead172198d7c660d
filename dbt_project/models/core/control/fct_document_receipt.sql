with

receipts as (

    select * from {{ ref('stg_document_receipts') }}

),

documents as (

    select * from {{ ref('stg_documents') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

employment as (

    select * from {{ ref('int_staff__employment') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

addressed as (

    select
        * replace (
            if(read_at <= (select covered.as_of from covered), read_at, null) as read_at,
            if(acknowledged_at <= (select covered.as_of from covered), acknowledged_at, null) as acknowledged_at
        )
    from receipts
    where addressed_at <= (select covered.as_of from covered)

),

with_agent as (

    {{ by_account('addressed', 'agent_id', 'addressed_at') }}

),

titled as (

    select
        with_agent.*,
        with_agent.source_id || '/' || with_agent.document_id as document_key,
        documents.document_kind,
        documents.document_title,
        documents.published_at,
        documents.acknowledge_by,
        cast(timezone((select settings.time_zone from settings), with_agent.addressed_at) as date) as addressed_date,
        cast(timezone((select settings.time_zone from settings), documents.acknowledge_by) as date) as due_date
    from with_agent
    left join documents
        on
            with_agent.source_id = documents.source_id
            and with_agent.document_id = documents.document_id

),

-- Due is what was addressed before the due time to somebody employed on that day, once that time has come. Of whom
-- personnel tells nothing, nobody knows that he had left.
due as (

    select titled.*
    from titled
    where
        titled.addressed_at < titled.acknowledge_by
        and titled.acknowledge_by <= (select covered.as_of from covered)
        and (
            titled.agent_id not in (select employment.agent_id from employment)
            or exists (
                select 1
                from employment
                where
                    titled.agent_id = employment.agent_id
                    and titled.due_date >= employment.employed_from
                    and titled.due_date < employment.employed_to
            )
        )

),

-- A receipt counts twice, on different days: when it was addressed, and when it was due.
events as (

    select
        'addressed' as receipt_event,
        addressed_date as receipt_date,
        *
    from titled
    union all by name
    select
        'due' as receipt_event,
        due_date as receipt_date,
        *
    from due

)

select
    cast(null as varchar) as contact_key,
    concat_ws('/', source_id, document_id, agent_id, receipt_event) as receipt_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    receipt_date,
    receipt_date as agent_date,
    cast(null as varchar) as channel,
    cast(null as varchar) as queue_id,
    document_key as document_id,
    document_kind,
    document_title,
    published_at,
    receipt_event,
    addressed_at,
    read_at,
    acknowledged_at,
    acknowledge_by,
    cast(receipt_event = 'addressed' as bigint) as receipts_addressed,
    cast(receipt_event = 'addressed' and read_at is not null as bigint) as receipts_read,
    cast(receipt_event = 'due' as bigint) as receipts_due,
    cast(
        receipt_event = 'due' and coalesce(acknowledged_at <= acknowledge_by, false) as bigint
    ) as receipts_acknowledged_in_time
from events
-- Two accounts of one person may have been addressed: he is one reader.
qualify
    row_number() over (
        partition by source_id, document_id, agent_id, receipt_event
        order by acknowledged_at asc nulls last, read_at asc nulls last, addressed_at asc, record_number asc
    ) = 1
