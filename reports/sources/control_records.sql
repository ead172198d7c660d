-- Listenings, interventions, test calls, audits of tickets, talks, escalations and callbacks of the last days, one by one: whom they stand under, what
-- came out. The day of the contact leads to its records; where the contact itself is not shown, it is that of the agent's part.
with record as (
    select 'listening' as record_kind, session_id as record_id, session_date as record_date, agent_id, agent_date,
        contact_key, monitor_level, monitoring_mode, conclusion, difficulty
    from scorecard.fct_monitoring_session
    where monitoring_sessions > 0
    union all by name
    select 'intervention' as record_kind, intervention_id as record_id, intervention_date as record_date, agent_id, agent_date,
        contact_key, intervention_method, is_accepted, interventions_allowed > 0 as is_allowed
    from scorecard.fct_intervention
    where interventions > 0
    union all by name
    select 'test_call' as record_kind, test_call_id as record_id, call_date as record_date, agent_id, agent_date, contact_key,
        test_kind, document_id, complaint_id, test_calls_passed > 0 as has_passed
    from scorecard.fct_test_call
    union all by name
    select 'ticket_audit' as record_kind, audit_id as record_id, audit_date as record_date, agent_id, agent_date, contact_key,
        ticket_id, tickets_wrong > 0 as is_wrong, tickets_leaked > 0 as is_leaked, ticket_callbacks_needed > 0 as needs_callback,
        ticket_callbacks_made > 0 as is_called_back
    from scorecard.fct_ticket_audit
    where tickets_audited > 0
    union all by name
    select 'talk' as record_kind, coaching_id as record_id, coaching_date as record_date, agent_id, agent_date, contact_key,
        coaching_kind, coaching_place, if(coachings_of_contacts > 0, coachings_after_delay > 0, null) as is_after_delay
    from scorecard.fct_coaching
    union all by name
    select service_kind as record_kind, service_record_id as record_id, service_date as record_date, agent_id, agent_date,
        contact_key, channel, queue_id, happened_at as escalated_at, escalations_with_context > 0 as has_context
    from scorecard.fct_service_record
    where escalations_context_known > 0
    union all by name
    select service_kind as record_kind, service_record_id as record_id, service_date as record_date, agent_id, agent_date,
        contact_key, channel, queue_id, happened_at as escalated_at, answered_at as taken_over_at, escalations_accepted > 0 as is_taken
    from scorecard.fct_service_record
    where escalations > 0
    union all by name
    select service_kind as record_kind, service_record_id as record_id, service_date as record_date, agent_id, agent_date,
        contact_key, channel, queue_id, happened_at as called_back_at,
        if(wechat_callbacks > 0, wechat_callbacks_in_time > 0, null) as is_within_48_h
    from scorecard.fct_service_record
    where wechat_callbacks + web_callbacks > 0
),

team as (
    select agent_id, agent_date, list(team_id order by team_id) as team_ids
    from scorecard.bridge_agent_team_day
    group by agent_id, agent_date
)

select
    record.record_kind,
    record.record_date,
    record.record_id,
    record.agent_id,
    team.team_ids,
    record.monitor_level,
    record.monitoring_mode,
    record.conclusion,
    record.difficulty,
    record.intervention_method,
    record.is_allowed,
    record.is_accepted,
    record.test_kind,
    record.document_id,
    record.complaint_id,
    complaint.leaf,
    complaint.complaint_outcome,
    record.has_passed,
    record.ticket_id,
    record.is_wrong,
    record.is_leaked,
    record.needs_callback,
    record.is_called_back,
    record.coaching_kind,
    record.coaching_place,
    record.is_after_delay,
    record.channel,
    record.queue_id,
    record.escalated_at,
    record.has_context,
    record.taken_over_at,
    record.is_taken,
    record.called_back_at,
    record.is_within_48_h,
    record.contact_key,
    if(record.contact_key is null, null, coalesce(contact.contact_date, record.agent_date)) as contact_date
from record
left join team on record.agent_id = team.agent_id and record.agent_date = team.agent_date
left join scorecard.fct_complaint as complaint on record.complaint_id = complaint.complaint_id
left join scorecard.fct_contact as contact on record.contact_key = contact.contact_key
where record.record_date >= $first_drill_day
order by record.record_date desc, record.record_kind, record.record_id
