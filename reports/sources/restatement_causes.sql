-- Files and rows behind it, the newest first; what is no file has a detail.
select
    publication, cause_reason, feed, source_id, landing_day, file_name, first_date, last_date, row_count, detail
from scorecard.fct_restatement_cause
order by publication desc, row_count desc nulls last, source_id, landing_day, file_name, feed, first_date, cause_reason, detail
limit 1000
