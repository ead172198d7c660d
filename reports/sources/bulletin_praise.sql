-- Praise by customers on the last seven dates that have values: how much of it each person was given, and never what was said.
with team as (
    select agent_id, agent_date, list(team_id order by team_id) as team_ids
    from scorecard.bridge_agent_team_day
    group by agent_id, agent_date
)

select
    record.service_date as local_date,
    record.agent_id,
    team.team_ids,
    sum(record.praises_in_contact + record.praise_contacts)::bigint as praises
from scorecard.fct_service_record as record
left join team on record.agent_id = team.agent_id and record.agent_date = team.agent_date
where record.praises_in_contact + record.praise_contacts > 0
    and record.agent_id is not null
    and record.service_date > (
        select max(period_start) from scorecard.fct_kpi_value where scope_kind = 'centre' and period_kind = 'day'
    ) - 7
group by record.service_date, record.agent_id, team.team_ids
order by local_date desc, praises desc, record.agent_id
