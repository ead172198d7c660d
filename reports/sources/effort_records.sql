-- Work on causes of errors and complaints, one by one, and whether it went into the vital few of the month before.
with team as (
    select agent_id, agent_date, list(team_id order by team_id) as team_ids
    from scorecard.bridge_agent_team_day
    group by agent_id, agent_date
)

select
    effort.worked_on,
    effort.time_record_id,
    effort.agent_id,
    team.team_ids,
    effort.work_category,
    effort.cause_kind,
    effort.cause_code,
    effort.plan_id,
    effort.minutes,
    effort.is_vital_few
from scorecard.fct_effort_record as effort
left join team on effort.agent_id = team.agent_id and effort.worked_on = team.agent_date
where effort.worked_on >= $first_day::date
order by effort.worked_on desc, effort.time_record_id
