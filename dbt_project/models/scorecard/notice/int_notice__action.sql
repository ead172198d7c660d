{{ config(materialized='ephemeral') }}

-- One thing to do per KPI and side of its band: the catalogue's first for that side, or that of the KPI which it stands
-- beside, where both are good in the same direction.
with

kpis as (

    select * from {{ ref('dim_kpi') }}

),

actions as (

    select
        kpi_id,
        unnest(if(side = 'both', ['below', 'above'], [side])) as side,
        side = 'both' as is_of_both,
        position,
        text_en,
        text_zh
    from {{ ref('dim_kpi_action') }}

),

candidates as (

    select
        *,
        false as is_of_parent
    from actions
    union all by name
    select
        actions.* replace (kpis.kpi_id as kpi_id),
        true as is_of_parent
    from kpis
    inner join kpis as parents
        on
            kpis.parent_kpi_id = parents.kpi_id
            and kpis.direction = parents.direction
    inner join actions on parents.kpi_id = actions.kpi_id

)

select
    kpi_id,
    side,
    text_en as action_en,
    text_zh as action_zh
from candidates
qualify row_number() over (partition by kpi_id, side order by is_of_parent, is_of_both, position) = 1
