with

visits as (

    select * from {{ ref('stg_site_visits') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

)

select
    visits.visited_on as visit_date,
    visits.channel,
    cast(sum(visits.visitors) as bigint) as visitors
from visits
cross join as_of
where visits.visited_on <= as_of.as_of_date
group by visits.visited_on, visits.channel
