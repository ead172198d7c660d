-- What the complaints of the centre and of each team were about, by period: causes, kinds, leaves and topics. The parts of
-- one kind add up to the numerators of the complaint KPIs.
select scope_kind, scope_id, period_kind, period_start, part_kind, part_id, received, decided, upheld, pending, people
from scorecard.fct_complaint_part
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_kind, period_start, part_kind, received desc, part_id
