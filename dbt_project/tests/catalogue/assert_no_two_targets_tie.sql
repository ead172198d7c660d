-- Two rows for the same KPI, scope and segment that hold on the same date leave the choice to chance.
-- A row of centre.yaml beats a row of the seed, so the two never tie.
with

targets as (

    select * from {{ ref('stg_target') }}

),

pairs as (

    select
        one.written_in,
        one.target_id,
        other.target_id as other_target_id,
        one.kpi_id,
        one.scope_kind,
        one.scope_id,
        one.segment
    from targets as one
    inner join targets as other
        on
            one.written_in = other.written_in
            and one.kpi_id = other.kpi_id
            and one.scope_kind = other.scope_kind
            and one.scope_id is not distinct from other.scope_id
            and one.segment is not distinct from other.segment
            and one.target_id < other.target_id
            and coalesce(one.valid_from, date '0001-01-01') < coalesce(other.valid_to, date '9999-12-31')
            and coalesce(other.valid_from, date '0001-01-01') < coalesce(one.valid_to, date '9999-12-31')

),

problems as (

    select
        written_in,
        target_id,
        format(
            'ties with {} on {} ({} {}, segment "{}"); give one of them a valid_to or another scope',
            other_target_id, kpi_id, scope_kind, coalesce(scope_id, ''), coalesce(segment, '')
        ) as reason
    from pairs

),

listed as (

    select
        count(*) as problem_count,
        string_agg(
            format('{}, target {}: {}', written_in, target_id, reason), '; ' order by target_id, reason
        ) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
