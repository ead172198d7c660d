-- Ratings by the time of each edition of the last seven dates: of the scope, without an agent, and of its people by place. Who
-- has too few ratings to be judged has no place.
select
    scope_kind, scope_id, local_date, edition, known_at, agent_id, kpi_id, good_ratings, ratings, value, ci_lower,
    lower_bound::double as lower_bound, upper_bound::double as upper_bound, is_in_band, place, places, reason
from scorecard.fct_bulletin_rank
where local_date > (select max(local_date) from scorecard.fct_bulletin_rank) - 7
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by local_date desc, known_at desc, scope_kind, scope_id, agent_id is not null, place, agent_id
