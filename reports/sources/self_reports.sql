-- What agents reported of themselves in the last days beside what was known by that instant, and by now; and reports that did not
-- come, without a figure.
with team as (
    select agent_id, agent_date, list(team_id order by team_id) as team_ids
    from scorecard.bridge_agent_team_day
    group by agent_id, agent_date
)

select
    report.reported_date,
    report.self_report_id,
    report.agent_id,
    team.team_ids,
    report.half,
    report.reported_kpi,
    report.reported_at,
    report.reported_value,
    report.decimals,
    report.warehouse_value,
    report.difference,
    report.self_report_state,
    report.final_value
from scorecard.fct_self_report as report
left join team on report.agent_id = team.agent_id and report.agent_date = team.agent_date
where report.reported_date >= $first_drill_day
order by report.reported_date desc, report.half = 'noon', report.agent_id, report.reported_kpi, report.reported_at
