with

complaints as (

    select * from {{ ref('int_complaint__identified') }}

),

appeals as (

    select * from {{ ref('int_appeal__effect') }}
    where subject_kind = 'complaint'

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

agent_dates as (

    {{ agent_dates_of('complaints') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

appealed as (

    select
        complaints.*,
        complaints.source_id || '/' || complaints.complaint_id as complaint_key,
        appeals.effect as appeal_effect,
        if(complaints.outcome = 'upheld' and appeals.effect = 'overturned', 'not_upheld', complaints.outcome) as verdict
    from complaints
    left join appeals on complaints.source_id || '/' || complaints.complaint_id = appeals.subject_key

),

-- Nobody owns a complaint because he happened to be there: what is upheld belongs to whom the decision names, or to
-- the centre alone. What is not decided so stands under the agent complained of, else under the last who handled it.
owned as (

    select
        appealed.*,
        contacts.channel,
        coalesce(contacts.queue_id, appealed.queue_id) as met_queue_id,
        coalesce(appealed.topic, contacts.topic) as about,
        contacts.contact_date,
        not coalesce(contacts.is_test, false) as is_service,
        cast(
            timezone((select settings.time_zone from settings), appealed.received_at) as date
        ) as received_date,
        case
            when appealed.appeal_effect = 'not_responsible' then null
            when appealed.verdict = 'upheld' then appealed.responsible_agent_id
            else coalesce(appealed.responsible_agent_id, appealed.claimed_agent_id, contacts.owner_agent_id)
        end as owner_id
    from appealed
    left join contacts on appealed.contact_key = contacts.contact_key

),

placed as (

    select
        owned.*,
        coalesce(agent_dates.agent_date, owned.contact_date, owned.received_date) as owner_date,
        owned.is_service and owned.origin != 'internal' as is_counted,
        owned.verdict in ('upheld', 'not_upheld') as has_verdict
    from owned
    left join agent_dates
        on
            owned.contact_key = agent_dates.contact_key
            and owned.owner_id = agent_dates.agent_id

)

select
    contact_key,
    complaint_key as complaint_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    owner_id as agent_id,
    received_date,
    owner_date as agent_date,
    channel,
    met_queue_id as queue_id,
    origin,
    about as topic,
    leaf,
    verdict as complaint_outcome,
    cast(timezone((select settings.time_zone from settings), if(is_decided, decided_at, null)) as date) as decided_date,
    owner_department,
    is_good_faith or coalesce(appeal_effect = 'good_faith', false) as is_good_faith,
    appeal_effect,
    case_code,
    ticket_id,
    cast(is_counted as bigint) as complaints,
    cast(is_counted and has_verdict as bigint) as complaints_decided,
    cast(is_counted and verdict = 'upheld' as bigint) as complaints_upheld,
    cast(is_counted and verdict = 'pending' as bigint) as complaints_pending,
    cast(
        if(is_counted and has_verdict, (epoch_us(decided_at) - epoch_us(received_at)) / 1000000, 0) as decimal(18, 3)
    ) as complaint_decision_seconds,
    cast(is_service and origin = 'internal' as bigint) as internal_complaints
from placed
