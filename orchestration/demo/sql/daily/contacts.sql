with chosen as (
    select *, u('dirty contact', contact_number) < getvariable('dirty_share') as has_dirty_twin,
        floor(6 * u('kind of dirt', contact_number))::integer as dirt
    from record
    where source_id = 'desk' and started_on = getvariable('day')::date
        -- A few headers get lost on their way: their contacts are seen in events only.
        and (getvariable('dirty_share') = 0 or u('header lost', contact_number) >= 0.0004)
),
written as (
    select
        contact_id,
        customer_id,
        channel,
        direction,
        case when outcome = 'bot_only' then null else queue_id end as queue_id,
        topic,
        iso_local(started_at) as started_at,
        -- Contacts of the last minutes are still open.
        case when ended_at < getvariable('covered_until')::timestamptz then iso_local(ended_at) end as ended_at,
        case outcome
            when 'served' then 'closed' when 'not_answered' then 'no_answer' when 'bot_only' then 'bot_resolved'
            else outcome end as end_reason,
        reopened_from,
        is_test::varchar as is_test,
        has_dirty_twin,
        dirt
    from chosen
),
dirty as (
    select * replace (
        case when dirt = 0 then null when dirt = 5 then contact_id else contact_id || '-x' end as contact_id,
        case when dirt = 1 then chosen('spoilt on purpose', 'telegraph') else channel end as channel,
        case when dirt = 2 then '2026-13-41T25:61:00' when dirt = 3 then chosen('spoilt on purpose', 'yesterday') else started_at end as started_at,
        case when dirt = 4 then '1999-12-31T23:59:59+10:00' else ended_at end as ended_at
    )
    from written
    where has_dirty_twin
)
select * exclude (has_dirty_twin, dirt) from written
union all
select * exclude (has_dirty_twin, dirt) from dirty
order by started_at, contact_id nulls first
