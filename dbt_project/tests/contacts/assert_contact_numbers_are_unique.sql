-- Messages, legs and turns find their contact by its number; two contacts that share one would be told as one.
select contact_number
from {{ ref('int_contact__base') }}
group by contact_number
having count(*) > 1
