with

retention as (

    select * from {{ ref('stg_retention') }}

)

select
    publication,
    area,
    gone_before,
    kept_from,
    file_count,
    row_count,
    byte_count,
    noted_at
from retention
