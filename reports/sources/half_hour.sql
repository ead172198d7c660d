with told as (
    select local_date, scope_kind, scope_id, half_hour_started_at, kpi_id, numerator, denominator, value, n
    from scorecard.fct_kpi_half_hour
    where ($date is null or local_date = $date::date)
        and local_date >= $first_drill_day::date
        and scope_kind in ('centre', 'channel', 'queue', 'team', 'agent')
)

select local_date, scope_kind, scope_id, half_hour_started_at, kpi_id, value, n
from told
union all
-- The time itself stands beside its shares, with the agents signed in.
select local_date, scope_kind, scope_id, half_hour_started_at, 'signed_in_seconds' as kpi_id, denominator::double as value, n
from told
where kpi_id = 'utilisation'
union all
select
    local_date, scope_kind, scope_id, half_hour_started_at, 'available_seconds' as kpi_id,
    (denominator - numerator)::double as value, n
from told
where kpi_id = 'occupancy'
order by local_date, scope_kind, scope_id, half_hour_started_at, kpi_id
