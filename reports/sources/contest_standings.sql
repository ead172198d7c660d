-- The first ten of each of the last contests, and whoever won.
select
    contest_id, name_en, name_zh, kpi_id, from_on, to_on, is_over, scope_kind, scope_id, scope_name, home_team_id, segment, min_n,
    winners, numerator, denominator, n, value, ci_lower, ci_upper, judged_by, standing, place, is_winner, is_provisional, names,
    policy_version
from scorecard.fct_contest_standing
where place <= greatest(winners, 10)
    or (select count(*) = 1 from scorecard.dim_scope where scope_kind = 'agent')
qualify dense_rank() over (order by to_on desc, contest_id) <= 26
order by to_on desc, contest_id, place nulls last, scope_id
