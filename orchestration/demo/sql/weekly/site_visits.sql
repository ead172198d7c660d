select visited_on::varchar as visited_on, channel, entry.name as entry_point, round(visitors * entry.share)::bigint::varchar as visitors
from visit
cross join (values ('home', 0.6), ('product', 0.4)) as entry (name, share)
where visited_on between getvariable('week_from')::date and getvariable('day')::date
order by visited_on, channel, entry_point
