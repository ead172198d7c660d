select local_date, scope_kind, scope_id, half_hour_started_at, kpi_id, value, n
from scorecard.fct_kpi_half_hour
where ($date is null or local_date = $date::date)
    and local_date >= $first_drill_day::date
    and scope_kind in ('centre', 'channel', 'queue')
order by local_date, scope_kind, scope_id, half_hour_started_at, kpi_id
