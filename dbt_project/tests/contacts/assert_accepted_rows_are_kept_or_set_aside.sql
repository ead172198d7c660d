-- Nothing is lost between the door and staging: every accepted row is kept, a duplicate, or superseded.
select
    feed,
    source_id,
    landing_day,
    file_name,
    accepted_rows,
    kept_rows,
    duplicate_rows,
    superseded_rows
from {{ ref('int_feed__reconciliation') }}
where accepted_rows != kept_rows + duplicate_rows + superseded_rows
