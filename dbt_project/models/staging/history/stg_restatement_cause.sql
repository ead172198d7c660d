with

source as (

    select * from {{ source('history', 'restatement_cause') }}

)

select
    publication,
    cause_reason,
    feed,
    source_id,
    landing_day,
    file_name,
    first_date,
    last_date,
    row_count,
    detail
from source
