-- Stays in queues that have no line of their own for their entry or their exit: other lines tell of it.
select
    source_id,
    count(*) as visits,
    count(*) filter (where is_line_missing) as visits_without_line
from scorecard.fct_queue_visit
where
    visit_number > 0
    and not is_test
group by source_id
order by source_id
