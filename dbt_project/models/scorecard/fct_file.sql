with

files as (

    select * from {{ ref('stg_file_record') }}

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
    ignored_by_kind::varchar as ignored_by_kind,
    rows_by_feed::varchar as rows_by_feed,
    first_at,
    last_at,
    message,
    remarks::varchar as remarks
from files
