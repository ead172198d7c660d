with

source as (

    select * from {{ source('records', 'ledger') }}

)

select
    source_id,
    landing_day,
    file_name,
    file_hash,
    byte_count,
    taken_at,
    state,
    records_read,
    records_accepted,
    records_quarantined,
    records_duplicate,
    records_ignored,
    ignored_by_kind,
    rows_by_feed,
    columns_by_feed,
    first_at,
    last_at,
    message,
    remarks,
    file_columns
from source
where source_id is not null
