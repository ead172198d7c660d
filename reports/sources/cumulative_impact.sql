-- What errors and upheld complaints came to so far, by cause, for the centre and each team of at least five: how many,
-- how many points they took off, and what they cost where the centre says what one costs.
select
    scope_kind, scope_id, family, cause, events, people, points_deducted::double as points_deducted,
    money::double as money, currency,
    list_transform(equivalents, one -> one.name_en) as equivalent_names_en,
    list_transform(equivalents, one -> one.name_zh) as equivalent_names_zh,
    list_transform(equivalents, one -> one.amount) as equivalent_amounts
from scorecard.fct_cumulative_impact
where period_kind = 'all'
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by family, events desc, cause
