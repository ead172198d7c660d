{{ config(materialized='ephemeral') }}

-- One row per check of another kind than a review in which an error was found that no appeal has overturned.
with

errors as (

    select * from {{ ref('stg_quality_errors') }}
    where check_kind != 'review'

),

overturned as (

    select subject_key
    from {{ ref('int_appeal__effect') }}
    where
        subject_kind = 'error'
        and effect = 'overturned'

)

select distinct
    errors.check_kind,
    errors.source_id || '/' || errors.review_id as check_key
from errors
anti join overturned
    on
        overturned.subject_key
        = concat_ws('/', errors.source_id, errors.check_kind, errors.review_id, errors.error_code, errors.occurrence)
