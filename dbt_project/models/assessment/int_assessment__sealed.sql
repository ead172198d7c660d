{{ config(materialized='ephemeral') }}

-- One row per person and month that was published as closed: what was published of it last.
with

sealed as (

    select * from {{ ref('stg_assessment_version') }}

)

select *  -- noqa: AM04
from sealed
qualify row_number() over (partition by person_kind, person_id, month_start order by version_no desc) = 1
