-- Contacts with more than one leg or offer. Only these can be counted twice in a team, so only they are looked at
-- one by one; everything else is summed per agent and day first, which is a tenth of the work.
with

legs as (

    select * from {{ ref('int_measure__leg') }}
    where kpi_group = ''

)

select contact_key
from legs
group by contact_key
having count(*) > 1
