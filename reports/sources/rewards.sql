-- Rewards of the last year: for what, in which form, and whether both roles have approved them.
select
    decided_date, agent_id, agent_name, team_id, ground, form, for_month, reward_state, is_approved, leader_approved_by, supervisor_approved_by,
    amount::double as amount, currency, contest, revoked_date, reward_id, recognition_id,
    source_id || '/' || landing_day || '/' || file_name as landing_file, record_number, line_number
from scorecard.fct_reward
where decided_date > (select max(decided_date) - 366 from scorecard.fct_reward)
order by decided_date desc, reward_id
