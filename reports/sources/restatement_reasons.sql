-- How many values each publication restated for which reason; the newest first.
select publication, restated_reason, count(*) as restated_count
from scorecard.fct_restatement
group by publication, restated_reason
order by publication desc, restated_count desc, restated_reason
limit 500
