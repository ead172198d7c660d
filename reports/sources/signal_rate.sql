-- How often there is a signal: per 100 weeks of a topic, over the days that pages show, and what people said of them.
-- Contacts as a whole (*) are left out: they are one topic more, made of the others.
with judged as (
    select topic, local_date
    from scorecard.fct_topic_hour
    where topic != '*' and local_date >= $first_day::date and window_state in ('usual', 'signal')
    group by topic, local_date
),

span as (
    select min(local_date) as from_date, max(local_date) as to_date, count(*) as topic_days, count(distinct topic) as topics
    from judged
),

found as (
    select
        count(*) as signals,
        count(*) filter (signal_result = 'false_alarm') as false_alarms,
        count(*) filter (signal_result = 'true_event') as true_events,
        count(*) filter (signal_result = 'open') as open_signals
    from scorecard.fct_topic_signal
    where topic != '*' and local_date between (select from_date from span) and (select to_date from span)
)

select
    span.from_date, span.to_date, span.topics, span.topic_days / 7 as topic_weeks,
    found.signals, found.false_alarms, found.true_events, found.open_signals,
    700 * found.signals / nullif(span.topic_days, 0) as signals_per_100,
    700 * found.false_alarms / nullif(span.topic_days, 0) as false_alarms_per_100
from span
cross join found
order by span.from_date
