-- The last 30 documents of the centre and of each team: how each went from level to level, and what test calls about it found.
select
    scope_kind, scope_id, document_id, document_title, document_kind, published_at, acknowledge_by, cascade_level, addressed, due, read,
    acknowledged, in_time, late, never, in_time_rate, seconds_p50, seconds_p90, level_above_done_at, is_passed_down_late,
    test_calls, test_calls_passed, test_pass_rate, last_test_on, is_signed_not_known
from scorecard.fct_document_cascade
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
qualify dense_rank() over (
    partition by scope_kind, scope_id order by published_at desc nulls last, document_id
) <= 30
order by
    published_at desc nulls last,
    document_id,
    list_position(['director', 'duty_manager', 'supervisor', 'leader', 'agent', 'other'], cascade_level)
