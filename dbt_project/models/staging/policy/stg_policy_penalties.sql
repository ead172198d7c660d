with

source as (

    select * from {{ source('policy', 'policy_penalties') }}

)

select
    version,
    person_kind,
    kind,
    month_by,
    quota,
    quota_per_head,
    quota_for_part_month,
    quota_rounding,
    points_each,
    cap
from source
