with

earlier as (

    select * from {{ ref('stg_restatement_cause') }}

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
from earlier
