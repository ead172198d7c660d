with

source as (

    select * from {{ source('policy', 'policy_assessments') }}

)

select
    version,
    person_kind,
    full_points,
    min_agent_days,
    unmeasured_rule,
    min_weight,
    reward_cap,
    floor_points,
    ceiling_points,
    excellent,
    file_within_days,
    rounding,
    team_share
from source
