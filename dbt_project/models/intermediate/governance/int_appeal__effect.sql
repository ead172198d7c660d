{{ config(materialized='ephemeral') }}

-- One row per record that an appeal was granted about, with what follows. Of several the one that clears most counts.
with

appeals as (

    select * from {{ ref('stg_appeals') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

)

select
    appeals.subject_kind,
    appeals.subject_source_id || '/' || appeals.subject_id as subject_key,
    min_by(
        appeals.effect,
        case appeals.effect
            when 'overturned' then 1
            when 'not_responsible' then 2
            else 3
        end
    ) as effect
from appeals
cross join covered
where
    appeals.outcome = 'granted'
    and appeals.decided_at <= covered.as_of
group by appeals.subject_kind, appeals.subject_source_id, appeals.subject_id
