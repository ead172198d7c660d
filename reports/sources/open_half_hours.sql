-- Half-hours of opening hours, day by day, and whether anybody was planned to work in them.
select local_date, half_hour_started_at, channels, is_planned
from scorecard.fct_open_half_hour
where ($date is null or local_date = $date::date)
    and local_date >= $first_drill_day::date
order by local_date, half_hour_started_at
