with

receipts as (

    select * from {{ ref('fct_document_receipt') }}
    where receipt_event = 'addressed'

),

due as (

    select * from {{ ref('fct_document_receipt') }}
    where receipt_event = 'due'

),

test_calls as (

    select * from {{ ref('fct_test_call') }}
    where document_id is not null

),

agents as (

    select * from {{ ref('dim_agent_day') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

settings as (

    select
        cascade_signed,
        cascade_known
    from {{ ref('stg_centre_setting') }}

),

-- Whoever was due stands where he was on that day, all others where they were when it was addressed.
told as (

    select
        receipts.document_id,
        receipts.agent_id,
        coalesce(due.agent_date, receipts.agent_date) as agent_date,
        1 as addressed,
        receipts.receipts_read,
        receipts.addressed_at,
        receipts.acknowledged_at,
        receipts.acknowledge_by,
        receipts.document_title,
        receipts.document_kind,
        receipts.published_at,
        coalesce(due.receipts_due, 0) as receipts_due,
        coalesce(due.receipts_acknowledged_in_time, 0) as receipts_in_time
    from receipts
    left join due
        on
            receipts.document_id = due.document_id
            and receipts.agent_id = due.agent_id
    union all by name
    select
        document_id,
        agent_id,
        agent_date,
        test_calls,
        test_calls_passed,
        call_date
    from test_calls

),

placed as (

    select
        told.*,
        case
            when agents.role in ('director', 'duty_manager', 'supervisor', 'leader', 'agent') then agents.role
            when agents.role = 'trainee' then 'agent'
            else 'other'
        end as cascade_level
    from told
    left join agents
        on
            told.agent_id = agents.agent_id
            and told.agent_date = agents.agent_date

),

scoped as (

    {{ in_centre_and_teams('placed') }}

),

counted as (

    select
        document_id,
        scope_kind,
        scope_id,
        cascade_level,
        nullif(
            list_position(['director', 'duty_manager', 'supervisor', 'leader', 'agent'], cascade_level), 0
        ) as level_number,
        count(addressed) as addressed,
        coalesce(sum(receipts_due), 0)::bigint as due,
        coalesce(sum(receipts_read), 0)::bigint as read,  -- noqa: RF04
        count(acknowledged_at) as acknowledged,
        coalesce(sum(receipts_in_time), 0)::bigint as in_time,
        count(*) filter (receipts_due = 1 and acknowledged_at > acknowledge_by) as late,
        count(*) filter (receipts_due = 1 and acknowledged_at is null) as never,
        quantile_cont((epoch_us(acknowledged_at) - epoch_us(addressed_at)) / 1000000, 0.5) as seconds_p50,
        quantile_cont((epoch_us(acknowledged_at) - epoch_us(addressed_at)) / 1000000, 0.9) as seconds_p90,
        quantile_disc(acknowledged_at, 0.5) > max(acknowledge_by) as is_median_late,
        max(acknowledged_at) as level_done_at,
        max(acknowledge_by) as acknowledge_by,
        max(document_title) as document_title,
        max(document_kind) as document_kind,
        max(published_at) as published_at,
        coalesce(sum(test_calls), 0)::bigint as test_calls,
        coalesce(sum(test_calls_passed), 0)::bigint as test_calls_passed,
        max(call_date) as last_test_on
    from scoped
    group by document_id, scope_kind, scope_id, cascade_level

),

-- The level above is the next one that the document was addressed to.
with_above as (

    select
        *,
        lag(level_done_at) over (
            partition by document_id, scope_kind, scope_id, level_number is null
            order by level_number
        ) as level_above_done_at,
        max(document_title) over of_document as known_title,
        max(document_kind) over of_document as known_kind,
        max(published_at) over of_document as known_published_at,
        max(acknowledge_by) over of_document as known_acknowledge_by
    from counted
    window of_document as (partition by document_id)

)

select
    with_above.document_id,
    coalesce(with_above.known_title, with_above.document_id) as document_title,
    with_above.known_kind as document_kind,
    with_above.known_published_at as published_at,
    with_above.known_acknowledge_by as acknowledge_by,
    with_above.scope_kind,
    with_above.scope_id,
    with_above.cascade_level,
    with_above.addressed,
    with_above.due,
    with_above.read,
    with_above.acknowledged,
    with_above.in_time,
    with_above.late,
    with_above.never,
    with_above.in_time / nullif(with_above.due, 0) as in_time_rate,
    with_above.seconds_p50,
    with_above.seconds_p90,
    with_above.level_above_done_at,
    coalesce(
        with_above.is_median_late and with_above.level_above_done_at <= with_above.acknowledge_by, false
    ) as is_passed_down_late,
    with_above.test_calls,
    with_above.test_calls_passed,
    with_above.test_calls_passed / nullif(with_above.test_calls, 0) as test_pass_rate,
    with_above.last_test_on,
    with_above.acknowledged >= with_above.addressed * settings.cascade_signed
    and with_above.test_calls_passed < with_above.test_calls * settings.cascade_known as is_signed_not_known
from with_above
cross join settings
order by
    with_above.document_id,
    with_above.scope_kind,
    with_above.scope_id,
    with_above.level_number,
    with_above.cascade_level
