with

visitor_days as (

    select * from {{ ref('int_visitor__day') }}

)

select
    visit_date,
    channel,
    visitors
from visitor_days
