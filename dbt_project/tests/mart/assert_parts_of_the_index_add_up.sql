-- The quality index is the sum of its parts, between nothing and 100, and none where too little is measured; its
-- weights make 100.
with

parts as (

    select
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        sum(weight) as weight,
        sum(points) as points,
        sum(weight) filter (is_measured) as measured_weight,
        count(*) as components,
        count(*) filter (is_measured != (attainment is not null)) as unlike
    from {{ ref('fct_quality_index_part') }}
    group by scope_kind, scope_id, period_kind, period_start

),

whole as (

    select * from {{ ref('fct_quality_index') }}

)

select
    whole.scope_kind,
    whole.scope_id,
    whole.period_kind,
    whole.period_start,
    whole.quality_index,
    parts.points
from whole
full outer join parts
    on
        whole.scope_kind = parts.scope_kind
        and whole.scope_id = parts.scope_id
        and whole.period_kind = parts.period_kind
        and whole.period_start = parts.period_start
where
    whole.quality_index is distinct from parts.points
    or whole.components is distinct from parts.components
    or whole.measured_weight is distinct from coalesce(parts.measured_weight, 0)
    or (whole.quality_index is null) = (whole.index_state = 'told')
    or whole.quality_index not between 0 and 100
    or parts.weight != 100
    or parts.unlike > 0
