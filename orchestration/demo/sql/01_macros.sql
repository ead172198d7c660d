-- Everything random comes from hashes of (what, whose number, seed): the same arguments give the same centre
-- whatever the number of threads, and one subject can change without moving the others.
create macro u(what, number) as
    (hash(number::bigint, what, getvariable('seed')::bigint) % 1000003) / 1000003.0;

-- Exponential with mean 1, cut at 6 so that no single wait or talk spoils a small sample.
create macro expo(share) as least(6.0, -ln(1.0 - share));

-- Between two bounds, evenly on a logarithmic scale.
create macro log_between(share, low, high) as low * pow(high / low, share);

-- One of two values: that of an ordinary centre, or that of one made to be hard on pages and queries.
create macro chosen(ordinary, hostile) as if(getvariable('is_hostile'), hostile, ordinary);

-- How people differ: little in an ordinary centre, so much in the other that every band is missed by somebody.
create macro spread(share, low, high, hostile_low, hostile_high) as
    log_between(share, chosen(low, hostile_low), chosen(high, hostile_high));

-- Whole seconds as an interval.
create macro seconds(amount) as to_seconds(round(amount)::bigint);

-- A share of the days shown, as a date.
create macro day_at(share) as
    getvariable('first_on')::date + floor(getvariable('days') * share)::integer;

create macro local_date(instant) as timezone(getvariable('time_zone'), instant)::date;

-- Calls per hour of the local day, 1 = mean of the busy hours: two humps and a quiet night.
create macro load_at(hour_of_day) as
    list_extract(
        [0.35, 0.3, 0.3, 0.3, 0.3, 0.35, 0.4, 0.5, 0.8, 1.1, 1.3, 1.25,
         0.95, 0.9, 1.1, 1.15, 1.05, 0.95, 0.9, 1.0, 1.1, 0.95, 0.7, 0.5],
        (floor(hour_of_day)::integer % 24) + 1);

-- ISO 8601 with the offset of the centre's zone at that instant.
create macro iso_local(instant) as
    strftime(timezone(getvariable('time_zone'), instant), '%Y-%m-%dT%H:%M:%S')
    || case when date_diff('minute', timezone('UTC', instant), timezone(getvariable('time_zone'), instant)) < 0
        then '-' else '+' end
    || lpad((abs(date_diff('minute', timezone('UTC', instant), timezone(getvariable('time_zone'), instant))) // 60)::varchar, 2, '0')
    || ':'
    || lpad((abs(date_diff('minute', timezone('UTC', instant), timezone(getvariable('time_zone'), instant))) % 60)::varchar, 2, '0');

create macro iso_utc(instant) as strftime(timezone('UTC', instant), '%Y-%m-%dT%H:%M:%SZ');

-- Local clock time without an offset, as many tools export it.
create macro wall_clock(instant) as strftime(timezone(getvariable('time_zone'), instant), '%Y-%m-%d %H:%M:%S');
