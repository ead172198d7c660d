with

files as (

    select * from {{ ref('int_feed__reconciliation') }}

)

select
    feed,
    sum(accepted_rows)::bigint as accepted_rows,
    sum(kept_rows)::bigint as kept_rows,
    sum(duplicate_rows)::bigint as duplicate_rows,
    sum(superseded_rows)::bigint as superseded_rows
from files
group by feed
