-- What was published when, and how much of what was published before it changed; the newest first.
select publication, published_at, as_of, restated_count, note
from scorecard.fct_publication
order by publication desc
limit 200
