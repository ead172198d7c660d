-- How many days after its youngest record a file was dropped, in the last 28 landing days of its source: how many are usual,
-- which is the middle of these files, and which files came later than that. With fewer than five landing days nothing is usual.
with

files as (

    select
        source_id,
        landing_day,
        date_diff('day', last_date, landing_day) as delay_days
    from scorecard.fct_file
    where state = 'taken' and last_date is not null
    qualify landing_day > max(landing_day) over (partition by source_id) - 28

),

usual as (

    select
        source_id,
        if(count(distinct landing_day) >= 5, quantile_disc(delay_days, 0.5), null) as usual_delay_days
    from files
    group by source_id

)

select
    files.source_id,
    count(*) as dated_files,
    usual.usual_delay_days,
    if(usual.usual_delay_days is null, null, count(*) filter (files.delay_days > usual.usual_delay_days)) as late_files,
    if(
        usual.usual_delay_days is null, null, count(*) filter (files.delay_days > usual.usual_delay_days) / count(*)
    )::double as late_share,
    max(files.delay_days) filter (files.delay_days > usual.usual_delay_days) as most_delay_days,
    max(files.landing_day) filter (files.delay_days > usual.usual_delay_days) as last_late_day
from files
inner join usual on files.source_id = usual.source_id
group by files.source_id, usual.usual_delay_days
order by files.source_id
