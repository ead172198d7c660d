-- Surveys of staff and dates by which an achievement meeting was due, of the days that pages show: they are a team's, and nobody's
-- in it. A mean is of five and more.
select
    team_record_kind,
    record_date,
    team_id,
    question,
    nullif(staff_respondents + staff_loyalty_respondents, 0) as respondents,
    nullif(staff_invited, 0) as staff_invited,
    coalesce(
        staff_score_sum / nullif(staff_respondents, 0),
        100 * staff_net_promoters / nullif(staff_loyalty_respondents, 0)
    )::double as staff_score,
    meetings
from scorecard.fct_team_record
where record_date >= $first_day::date
order by record_date desc, team_record_kind, team_id, question
