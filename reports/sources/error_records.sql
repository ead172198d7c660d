-- The errors of the last days, one by one: in which check, whom they stand under. The day of the contact leads to its records;
-- where the contact itself is not shown, it is that of the agent's part in it.
with team as (
    select agent_id, agent_date, list(team_id order by team_id) as team_ids
    from scorecard.bridge_agent_team_day
    group by agent_id, agent_date
)

select
    error.error_id,
    error.error_date,
    error.review_id,
    error.error_code,
    error.error_class,
    error.is_good_faith,
    error.knowledge_point,
    error.channel,
    error.queue_id,
    error.agent_id,
    team.team_ids,
    error.contact_key,
    if(error.contact_key is null, null, coalesce(contact.contact_date, error.agent_date)) as contact_date
from scorecard.fct_check_error as error
left join team on error.agent_id = team.agent_id and error.agent_date = team.agent_date
left join scorecard.fct_contact as contact on error.contact_key = contact.contact_key
where error.review_errors > 0 and error.error_date >= $first_drill_day
order by error.error_date desc, error.error_id
