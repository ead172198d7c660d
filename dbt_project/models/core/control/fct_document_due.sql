with

receipts as (

    select * from {{ ref('fct_document_receipt') }}

),

employment as (

    select * from {{ ref('int_staff__employment') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- Of whom personnel tells nothing, nobody knows that he has left.
left_ones as (

    select employment.agent_id
    from employment
    cross join covered
    group by employment.agent_id
    having
        count(*) filter (
            covered.as_of_date >= employment.employed_from and covered.as_of_date < employment.employed_to
        ) = 0

),

missed as (

    select
        document_id,
        agent_id
    from receipts
    where receipt_event = 'due'

)

select
    concat_ws('/', receipts.document_id, receipts.agent_id) as document_due_id,
    receipts.document_id,
    receipts.document_title,
    receipts.document_kind,
    receipts.agent_id,
    receipts.addressed_at,
    receipts.receipt_date as addressed_date,
    receipts.read_at,
    receipts.acknowledge_by,
    missed.document_id is not null as is_overdue
from receipts
anti join left_ones on receipts.agent_id = left_ones.agent_id
left join missed
    on
        receipts.document_id = missed.document_id
        and receipts.agent_id = missed.agent_id
where
    receipts.receipt_event = 'addressed'
    and receipts.agent_id is not null
    and receipts.acknowledge_by is not null
    and receipts.acknowledged_at is null
