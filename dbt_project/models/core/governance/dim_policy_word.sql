with

words as (

    select * from {{ ref('stg_policy_words') }}

)

select
    section,
    version,
    position,
    subject,
    text_en,
    text_zh
from words
