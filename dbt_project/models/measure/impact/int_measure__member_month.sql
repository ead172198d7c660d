-- One row per KPI group, agent, set of teams and month: what the agent did while these were his teams. Who moved has
-- several rows, and of nobody known the agent is empty.
with

{{ member_work(on_changed_months('scope_date')) }}

select
    kpi_group,
    agent_id,
    home_path,
    guest_teams,
    date_trunc('month', scope_date)::date as month_start,
    count(*) as work_rows,
    {{ each_measure('sum({})::decimal(18, 4) as {}', rollup=none) }}
from member_work
group by kpi_group, agent_id, home_path, guest_teams, date_trunc('month', scope_date)
