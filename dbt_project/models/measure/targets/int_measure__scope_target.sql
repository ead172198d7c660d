-- One row per scope, KPI and stretch of days with one target: the most specific that holds, by scope first and
-- segment second; of the same scope and segment the centre's own, not the shipped one.
with

kpis as (

    select
        kpi_id,
        scope_kinds
    from {{ ref('int_measure__kpi') }}

),

scopes as (

    select
        scope_kind,
        scope_id
    from {{ ref('dim_scope') }}

),

targets as (

    select
        *,
        format('{} {:06d}', target_id, first_publication) as target_key
    from {{ ref('dim_kpi_target_version') }}
    where target_id is not null

),

chain as (

    select * from {{ ref('int_measure__scope_chain') }}

),

segments as (

    select * from {{ ref('int_measure__scope_segment') }}

),

positions as (

    select * from {{ ref('int_measure__measure_position') }}

),

candidates as (

    select
        chain.scope_kind,
        chain.scope_id,
        targets.kpi_id,
        targets.target_key,
        chain.distance * 20 + segments.segment_rank * 2 + if(targets.is_own, 0, 1) as rank_number,
        greatest(chain.valid_from, segments.valid_from, targets.valid_from, targets.holds_from) as valid_from,
        least(chain.valid_to, segments.valid_to, targets.valid_to, targets.holds_before) as valid_to
    from chain
    inner join segments
        on
            chain.scope_kind = segments.scope_kind
            and chain.scope_id = segments.scope_id
    inner join targets
        on
            chain.target_scope_kind = targets.scope_kind
            and chain.target_scope_id = targets.scope_id
            and segments.segment = targets.segment

),

scope_kpis as (

    select
        scopes.scope_kind,
        scopes.scope_id,
        kpis.kpi_id
    from scopes
    inner join kpis
        on list_contains(kpis.scope_kinds, scopes.scope_kind)

),

edges as (

    select
        scope_kind,
        scope_id,
        kpi_id,
        date '0001-01-01' as valid_from
    from scope_kpis
    union
    select
        scope_kind,
        scope_id,
        kpi_id,
        unnest([valid_from, valid_to]) as valid_from
    from candidates
    where valid_from < valid_to

),

stretches as (

    select
        *,
        lead(valid_from, 1, date '9999-12-31')
            over (partition by scope_kind, scope_id, kpi_id order by valid_from)
            as valid_to
    from edges

),

chosen as (

    select
        stretches.scope_kind,
        stretches.scope_id,
        stretches.kpi_id,
        stretches.valid_from,
        stretches.valid_to,
        min_by(candidates.target_key, (candidates.rank_number, candidates.target_key)) as target_key
    from stretches
    semi join scope_kpis
        on
            stretches.scope_kind = scope_kpis.scope_kind
            and stretches.scope_id = scope_kpis.scope_id
            and stretches.kpi_id = scope_kpis.kpi_id
    left join candidates
        on
            stretches.scope_kind = candidates.scope_kind
            and stretches.scope_id = candidates.scope_id
            and stretches.kpi_id = candidates.kpi_id
            and stretches.valid_from >= candidates.valid_from
            and stretches.valid_from < candidates.valid_to
    where stretches.valid_from < stretches.valid_to
    group by stretches.scope_kind, stretches.scope_id, stretches.kpi_id, stretches.valid_from, stretches.valid_to

)

select
    chosen.scope_kind,
    chosen.scope_id,
    chosen.kpi_id,
    chosen.valid_from,
    chosen.valid_to,
    targets.target_id,
    targets.lower_bound,
    targets.upper_bound,
    positions.position as upper_position,
    targets.target_version
from chosen
left join targets
    on chosen.target_key = targets.target_key
left join positions
    on targets.upper_measure = positions.measure
