-- The complaints of the last days, without a word of what was said: whom they stand under, what about, what was decided.
-- The day of the contact leads to its records; where the contact itself is not shown, it is that of the agent's part in it.
with team as (
    select agent_id, agent_date, list(team_id order by team_id) as team_ids
    from scorecard.bridge_agent_team_day
    group by agent_id, agent_date
)

select
    complaint.complaint_id,
    complaint.received_date,
    complaint.origin,
    complaint.channel,
    complaint.queue_id,
    complaint.topic,
    complaint.leaf,
    complaint.complaint_outcome,
    complaint.decided_date,
    complaint.owner_department,
    complaint.is_good_faith,
    complaint.appeal_effect,
    complaint.agent_id,
    team.team_ids,
    complaint.contact_key,
    if(complaint.contact_key is null, null, coalesce(contact.contact_date, complaint.agent_date)) as contact_date
from scorecard.fct_complaint as complaint
left join team on complaint.agent_id = team.agent_id and complaint.agent_date = team.agent_date
left join scorecard.fct_contact as contact on complaint.contact_key = contact.contact_key
where complaint.complaints > 0 and complaint.received_date >= $first_drill_day
order by complaint.received_date desc, complaint.complaint_id
