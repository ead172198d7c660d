select
    audit_id,
    ticket_id,
    contact_id,
    agent_id,
    auditor_id,
    iso_utc(audited_at) as audited_at,
    has_error::varchar as has_error,
    iso_utc(corrected_at) as corrected_at,
    iso_utc(dispatched_at) as dispatched_at,
    callback_needed::varchar as callback_needed,
    iso_utc(callback_at) as callback_at
from ticket_audit
where audited_on between getvariable('week_from')::date and getvariable('day')::date
order by audit_id
