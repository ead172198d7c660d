select rating_id
from {{ ref('fct_rating') }}
where
    ratings > rating_delivered
    or rating_delivered > rating_invited
    or good_ratings + bad_ratings > ratings
    or rating_invited_eligible > rating_invited
    or ratings_eligible > least(ratings, rating_invited_eligible)
