-- Contacts stand in the half hour of their start, so the half hours of a day add up to the day, for counts of
-- centre, channel and queue.
with

half_hours as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        local_date,
        sum(numerator) as numerator
    from {{ ref('fct_kpi_half_hour') }}
    where kpi_id in ('contacts_received', 'contacts_handled')
    group by kpi_id, scope_kind, scope_id, local_date

),

days as (

    select * from {{ ref('fct_kpi_value') }}
    where period_kind = 'day'

)

select
    half_hours.kpi_id,
    half_hours.scope_kind,
    half_hours.scope_id,
    half_hours.local_date,
    half_hours.numerator,
    days.raw_numerator
from half_hours
left join days
    on
        half_hours.kpi_id = days.kpi_id
        and half_hours.scope_kind = days.scope_kind
        and half_hours.scope_id = days.scope_id
        and half_hours.local_date = days.period_start
where
    half_hours.numerator is distinct from days.raw_numerator
    -- Where the KPI is not recorded, the day has no sum.
    and days.reason is distinct from 'not_recorded'
