select
    test_call_id,
    kind,
    agent_id,
    tester_id,
    iso_utc(called_at) as called_at,
    contact_id,
    document_id,
    complaint_id,
    selection,
    passed::varchar as passed
from test_call
where started_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by test_call_id
