with version as (
    select queue_id, name, channel, kind, date '2020-01-01' as valid_from from queue
    union all
    -- A queue gets another name half-way; the days before keep the old one.
    select queue_id, '网页客服 Web care' as name, channel, kind, day_at(0.5) as valid_from from queue where queue_id = 'web-service'
)
select queue_id, name, channel, kind, null as team_id, valid_from::varchar as valid_from
from version
where valid_from <= getvariable('known_on')::date
order by queue_id, valid_from
