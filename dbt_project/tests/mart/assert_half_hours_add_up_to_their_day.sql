-- Contacts stand in the half hour of their start and time in states in that of the clock, so the half hours of a day
-- add up to the day. A visit stands in the half hour in which it entered its queue, which may be on the date after its
-- contact's: the half hours of a queue add up to all its days.
with

half_hours as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        if(scope_kind = 'queue', null, local_date) as local_date,
        sum(if(kpi_id = 'utilisation', denominator, numerator)) as amount
    from {{ ref('fct_kpi_half_hour') }}
    where
        kpi_id in ('contacts_received', 'contacts_handled', 'utilisation')
        and (scope_kind = 'queue' or {{ of_touched_days('local_date') }})
        -- Half hours have no closed periods, of which an earlier formula's values would stay.
        and kpi_id not in (
            select kept.kpi_id
            from {{ ref('int_measure__kept_value') }} as kept
            where not kept.is_without_records
        )
    group by kpi_id, scope_kind, scope_id, if(scope_kind = 'queue', null, local_date)

),

days as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        if(scope_kind = 'queue', null, period_start) as local_date,
        sum(if(kpi_id = 'utilisation', raw_denominator, raw_numerator)) as amount,
        bool_and(coalesce(reason = 'not_recorded', false)) as is_unrecorded
    from {{ reckoned_values() }}
    where
        period_kind = 'day'
        and kpi_id in ('contacts_received', 'contacts_handled', 'utilisation')
        and (scope_kind = 'queue' or {{ of_touched_periods() }})
    group by kpi_id, scope_kind, scope_id, if(scope_kind = 'queue', null, period_start)

)

select
    half_hours.kpi_id,
    half_hours.scope_kind,
    half_hours.scope_id,
    half_hours.local_date,
    half_hours.amount,
    days.amount as amount_of_days
from half_hours
left join days
    on
        half_hours.kpi_id = days.kpi_id
        and half_hours.scope_kind = days.scope_kind
        and half_hours.scope_id = days.scope_id
        and half_hours.local_date is not distinct from days.local_date
where
    half_hours.amount is distinct from days.amount
    -- Where the KPI is not recorded, the day has no sum.
    and days.is_unrecorded is distinct from true
