with

calls as (

    select * from {{ ref('stg_test_calls') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

documents as (

    select
        document_id,
        source_id
    from {{ ref('stg_documents') }}

),

complaints as (

    select
        complaint_id,
        source_id
    from {{ ref('stg_complaints') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

made as (

    select
        *,
        cast(timezone((select settings.time_zone from settings), called_at) as date) as call_date
    from calls
    where called_at <= (select covered.as_of from covered)

),

with_agent as (

    {{ by_account('made', 'agent_id', 'called_at') }}

),

with_tester as (

    {{ by_account('with_agent', 'tester_id', 'called_at') }}

),

-- Testers and documents have different systems: a document of the own source goes before one of the same name.
asked_about as (

    select
        with_tester.source_id,
        with_tester.document_id,
        coalesce(
            min(documents.source_id) filter (where documents.source_id = with_tester.source_id),
            min(documents.source_id),
            with_tester.source_id
        ) || '/' || with_tester.document_id as document_key
    from with_tester
    left join documents on with_tester.document_id = documents.document_id
    where with_tester.document_id is not null
    group by with_tester.source_id, with_tester.document_id

),

-- Complaints come from yet another system.
replayed as (

    select
        with_tester.source_id,
        with_tester.complaint_id,
        coalesce(
            min(complaints.source_id) filter (where complaints.source_id = with_tester.source_id),
            min(complaints.source_id),
            with_tester.source_id
        ) || '/' || with_tester.complaint_id as complaint_key
    from with_tester
    left join complaints on with_tester.complaint_id = complaints.complaint_id
    where with_tester.complaint_id is not null
    group by with_tester.source_id, with_tester.complaint_id

)

select
    with_tester.contact_key,
    with_tester.source_id || '/' || with_tester.test_call_id as test_call_id,
    with_tester.source_id,
    with_tester.landing_day,
    with_tester.file_name,
    with_tester.record_number,
    with_tester.line_number,
    with_tester.agent_id,
    with_tester.call_date,
    with_tester.call_date as agent_date,
    contacts.channel,
    contacts.queue_id,
    with_tester.tester_id,
    with_tester.test_kind,
    with_tester.selection,
    asked_about.document_key as document_id,
    replayed.complaint_key as complaint_id,
    with_tester.scenario,
    with_tester.sample_id,
    with_tester.score,
    with_tester.has_passed,
    cast(1 as bigint) as test_calls,
    cast(with_tester.has_passed as bigint) as test_calls_passed,
    cast(with_tester.test_kind = 'direct_question' as bigint) as test_calls_direct,
    cast(with_tester.test_kind = 'direct_question' and with_tester.has_passed as bigint) as test_calls_passed_direct,
    cast(with_tester.test_kind = 'simulated_customer' as bigint) as test_calls_simulated,
    cast(with_tester.test_kind = 'simulated_customer' and with_tester.has_passed as bigint)
        as test_calls_passed_simulated
from with_tester
left join contacts on with_tester.contact_key = contacts.contact_key
left join asked_about
    on
        with_tester.source_id = asked_about.source_id
        and with_tester.document_id = asked_about.document_id
left join replayed
    on
        with_tester.source_id = replayed.source_id
        and with_tester.complaint_id = replayed.complaint_id
