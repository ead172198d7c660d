with

measures as (

    select * from {{ ref('measures') }}

)

select
    measure,
    label_en,
    label_zh,
    unit,
    counts_contacts::boolean as counts_contacts,
    rollup,
    topic,
    description_en,
    description_zh
from measures
