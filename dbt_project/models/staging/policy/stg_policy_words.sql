with

source as (

    select * from {{ source('policy', 'policy_words') }}

)

select
    section,
    version,
    position,
    subject,
    text_en,
    text_zh
from source
