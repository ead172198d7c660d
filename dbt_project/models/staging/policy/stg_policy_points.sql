with

source as (

    select * from {{ source('policy', 'policy_points') }}

)

select
    version,
    valid_from,
    points_window,
    names,
    likes_per_giver_month
from source
