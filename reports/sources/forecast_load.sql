-- Contacts that were forecast beside those that came, day by day: of the centre, of channels and of queues.
select local_date, scope_kind, scope_id, starts_at, interval_minutes, forecast_contacts, received_contacts, difference
from (select forecast_date as local_date, * from scorecard.fct_forecast_load) as forecast
where ($date is null or local_date = $date::date)
    and local_date >= $first_drill_day::date
order by local_date, scope_kind, scope_id, starts_at, interval_minutes
