select team_id, surveyed_on::varchar as surveyed_on, question, invited, respondents, score_sum, promoters, detractors
from staff_survey
where surveyed_on between getvariable('week_from')::date and getvariable('day')::date
order by team_id, question
