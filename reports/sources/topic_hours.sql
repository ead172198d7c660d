-- Two hours after two hours of the days on which a topic had a signal: contacts, what was to be expected, the limit of chance, and
-- what all other topics had as a multiple of what is usual for them.
select
    hour.topic, hour.local_date, hour.hour_end, hour.contacts, hour.expected, hour.upper_limit, hour.level_factor,
    hour.reference_count, hour.window_state
from scorecard.fct_topic_hour as hour
where hour.local_date >= $first_drill_day
    and exists (
        select 1 from scorecard.fct_topic_signal as signal
        where signal.topic = hour.topic and signal.local_date = hour.local_date
    )
order by hour.topic, hour.local_date, hour.hour_end
