-- Surveys, customers to be heard of, praise, mentions and avoidable contacts of the last days, one by one: codes, and no word
-- of what was said. The day of the contact leads to its records; where the contact itself is not shown, it is that of the
-- agent's part in it.
with record as (
    select
        service_kind as record_kind, service_record_id as record_id, service_date as record_date, agent_id, agent_date,
        contact_key, channel, queue_id, happened_at, answered_at, service_detail, topic, sentiment, liked_themes,
        disliked_themes, improve_themes, null::varchar as owner_department,
        if(service_kind = 'survey', surveys_answered > 0, null) as is_answered,
        if(service_kind = 'follow_up', follow_ups_made > 0, null) as is_followed_up
    from scorecard.fct_service_record
    where surveys_delivered + follow_ups_due + mentions + praises_in_contact + praise_contacts > 0
    union all by name
    select
        'avoidable' as record_kind, tag_id as record_id, contact_date as record_date, agent_id, agent_date, contact_key,
        channel, queue_id, if(detail = '-', 'other', detail) as owner_department
    from scorecard.fct_contact_tag
    where contacts_avoidable > 0
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
    record.channel,
    record.queue_id,
    record.happened_at,
    record.answered_at,
    record.is_answered,
    record.is_followed_up,
    record.service_detail,
    record.topic,
    record.sentiment,
    record.liked_themes,
    record.disliked_themes,
    record.improve_themes,
    record.owner_department,
    record.contact_key,
    if(record.contact_key is null, null, coalesce(contact.contact_date, record.agent_date)) as contact_date
from record
left join team on record.agent_id = team.agent_id and record.agent_date = team.agent_date
left join scorecard.fct_contact as contact on record.contact_key = contact.contact_key
where record.record_date >= $first_drill_day
order by record.record_date desc, record.record_kind, record.record_id
