-- Every total is what its lines add up to before it is rounded, and every part of it what the lines of its kind are.
with

results as (

    select * from {{ ref('fct_assessment') }}

),

lines as (

    select
        person_kind,
        id,
        month,
        sum(points) as points,
        coalesce(sum(points) filter (kind = 'component'), 0) as component_points,
        coalesce(sum(points) filter (kind = 'team'), 0) as team_points,
        coalesce(sum(points) filter (kind = 'reward'), 0) as reward_points,
        coalesce(sum(-points) filter (kind = 'complaint'), 0) as complaint_points,
        coalesce(sum(-points) filter (kind = 'error'), 0) as error_points,
        coalesce(sum(-points) filter (kind = 'fraud'), 0) as fraud_points,
        coalesce(sum(points) filter (kind = 'clip'), 0) as clip_points
    from {{ ref('fct_assessment_line') }}
    group by person_kind, id, month

),

compared as (

    select
        coalesce(results.person_kind, lines.person_kind) as person_kind,
        coalesce(results.id, lines.id) as id,
        coalesce(results.month, lines.month) as month, -- noqa: RF04
        results.total,
        results.unrounded_total,
        results.rounding,
        lines.points,
        results.id is null as is_without_result,
        [
            results.component_points,
            results.team_points,
            results.reward_points,
            results.complaint_points,
            results.error_points,
            results.fraud_points,
            coalesce(results.clip_points, 0)
        ] as told,
        [
            coalesce(lines.component_points, 0),
            coalesce(lines.team_points, 0),
            coalesce(lines.reward_points, 0),
            coalesce(lines.complaint_points, 0),
            coalesce(lines.error_points, 0),
            coalesce(lines.fraud_points, 0),
            coalesce(lines.clip_points, 0)
        ] as added_up
    from results
    full outer join lines
        on
            results.person_kind = lines.person_kind
            and results.id = lines.id
            and results.month = lines.month

)

select *
from compared
where
    is_without_result
    or told is distinct from added_up
    or unrounded_total != coalesce(points, 0)
    -- Rounding moves a total by less than one of its last place.
    or abs(total - unrounded_total) * power(10, rounding) > 0.5000001
    or (total is null) != (unrounded_total is null)
