with

source as (

    select * from {{ source('history', 'publication') }}

)

select
    publication,
    published_at,
    compared_with,
    as_of,
    first_date,
    closed_before,
    file_count,
    record_count,
    value_count,
    restated_count,
    ledger_digest,
    settings_digest,
    program_digest,
    note
from source
