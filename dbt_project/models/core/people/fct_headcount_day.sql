with

headcount as (

    select * from {{ ref('int_staff__headcount') }}

)

select
    agent_id,
    headcount_date,
    role,
    employment,
    is_employed,
    cast(is_counted and is_employed as bigint) as headcount_days,
    cast(is_counted and is_leaving_day as bigint) as leavers
from headcount
