-- One row per record that somebody objected to: what became of it, and since when the objection lies there. One that is
-- not decided goes before all others.
with

appeals as (

    select * from {{ ref('fct_appeal') }}
    where subject_kind in ('complaint', 'error', 'finding')

),

filed as (

    select
        source_id || '/' || appeal_id as appeal_id,
        filed_at
    from {{ ref('stg_appeals') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

)

select
    if(appeals.subject_kind = 'finding', 'fraud', appeals.subject_kind) as kind,
    appeals.subject_id as record_id,
    case
        when bool_or(appeals.appeal_outcome = 'pending') then 'appealed'
        when bool_or(appeals.appeal_outcome = 'granted') then 'granted'
        else 'rejected'
    end as appeal_state,
    cast(
        timezone((select settings.time_zone from settings), min(filed.filed_at)) as date
    ) as filed_date,
    max(appeals.appeal_date) filter (appeals.appeal_outcome = 'granted') as granted_date
from appeals
left join filed on appeals.appeal_id = filed.appeal_id
group by appeals.subject_kind, appeals.subject_id
