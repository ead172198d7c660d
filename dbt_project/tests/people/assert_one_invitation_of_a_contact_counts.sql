select contact_key
from {{ ref('fct_rating') }}
group by contact_key
having sum(rating_invited) > 1
