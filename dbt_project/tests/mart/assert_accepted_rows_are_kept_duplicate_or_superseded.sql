-- Of every row that passed the door the warehouse can say what became of it.
select
    feed,
    accepted_rows,
    kept_rows,
    duplicate_rows,
    superseded_rows
from {{ ref('fct_feed_reconciliation') }}
where accepted_rows != kept_rows + duplicate_rows + superseded_rows
