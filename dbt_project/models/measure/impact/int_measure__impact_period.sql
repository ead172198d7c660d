{{ config(materialized='ephemeral') }}

-- The periods whose gaps this build takes apart: of months and quarters those whose values it makes anew, the latest
-- eight weeks, and the last 28 days.
with

periods as (

    select
        *,
        row_number() over (partition by period_kind order by period_start desc) as age
    from {{ ref('int_measure__period') }}

)

select
    period_kind,
    period_start,
    period_end
from periods
where
    (period_kind in ('month', 'quarter') and {{ of_touched_periods() }})
    or (period_kind = 'week' and age <= 8)
    or (period_kind = 'trailing_28' and is_latest)
