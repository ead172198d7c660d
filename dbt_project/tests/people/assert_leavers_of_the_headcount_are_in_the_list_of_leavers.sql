with

leavers as (

    select * from {{ ref('fct_leaver') }}

),

agent_days as (

    select * from {{ ref('fct_agent_day') }}

),

both_sides as (

    select sum(leavers) as counted
    from leavers
    union
    select sum(leavers) as counted
    from agent_days

)

-- An empty table's sum is NULL: that is no leaver either.
select count(*) as different_counts
from (select distinct coalesce(counted, 0) as counted from both_sides) as counts
having count(*) > 1
