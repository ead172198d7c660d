-- Messages find their contact by a 64-bit hash; two contacts that share one would be told as one.
select contact_hash
from {{ ref('int_contact__base') }}
group by contact_hash
having count(*) > 1
