{{ config(materialized='ephemeral') }}

-- One row per error found in a review, with what an appeal about it says.
with

errors as (

    select * from {{ ref('stg_quality_errors') }}
    where check_kind = 'review'

),

appeals as (

    select * from {{ ref('int_appeal__effect') }}
    where subject_kind = 'error'

)

select
    errors.*,  -- noqa: AM04
    appeals.effect as appeal_effect,
    concat_ws('/', errors.source_id, errors.check_kind, errors.review_id, errors.error_code, errors.occurrence)
        as error_key
from errors
left join appeals
    on
        concat_ws('/', errors.source_id, errors.check_kind, errors.review_id, errors.error_code, errors.occurrence)
        = appeals.subject_key
