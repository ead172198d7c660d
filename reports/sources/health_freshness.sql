select
    source_id,
    max(last_at) as last_at,
    max(landing_day) as last_landing_day,
    max(taken_at) as last_taken_at
from scorecard.fct_file
where state != 'failed'
group by source_id
order by source_id
