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

),

named as (

    select
        *,
        concat_ws('/', source_id, check_kind, review_id, error_code, occurrence) as error_key
    from errors

)

select
    named.* exclude (is_good_faith),  -- noqa: AM04
    appeals.effect as appeal_effect,
    named.is_good_faith or coalesce(appeals.effect = 'good_faith', false) as is_good_faith
from named
left join appeals on named.error_key = appeals.subject_key
