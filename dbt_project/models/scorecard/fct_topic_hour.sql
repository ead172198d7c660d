with

windows as (

    select * from {{ ref('int_measure__topic_window') }}

),

settings as (

    select * from {{ ref('stg_topic_signal') }}

),

centre as (

    select site_day_points from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- Fewer than four weeks are no history. Sums of these are taken in exact numbers: in any order they come to the same.
usual as (

    select
        *,
        reference_count >= 4 as is_known,
        if(reference_count >= 4, past_contacts / reference_count, null)::decimal(28, 10) as reference_mean,
        if(reference_count >= 4, past_last_hour_contacts / reference_count, null)::decimal(28, 10) as last_hour_mean,
        if(
            reference_count >= 4,
            (reference_count * past_squares - past_contacts * past_contacts)
            / (reference_count * (reference_count - 1)),
            null
        )::decimal(28, 10) as variance
    from windows

),

-- Eight counts of one window tell too little of how they vary: all windows of the topic on that weekday do together.
summed as (

    select
        *,
        greatest(
            sum(variance) over of_day / nullif(sum(reference_mean) over of_day, 0), 1
        )::double as dispersion,
        if(topic = '*', 0, sum(if(is_known, contacts, 0)) over at_once - contacts) as other_contacts,
        if(topic = '*', 0, coalesce(sum(reference_mean) over at_once - reference_mean, 0)) as others_mean
    from usual
    window
        of_day as (partition by topic, local_date),
        at_once as (partition by local_date, hour_end, topic = '*')

),

levelled as (

    select
        *,
        if(others_mean >= 20, least(greatest(other_contacts::double / others_mean::double, 0.25), 4), 1) as level_factor
    from summed

),

expecting as (

    select
        *,
        if(is_known, greatest(level_factor * reference_mean::double, 0.5), null) as expected
    from levelled

),

scattered as (

    select
        expecting.*,
        settings.z::double as z,
        settings.min_count,
        if(expecting.topic = '*', settings.factor_all, settings.factor)::double as factor,
        sqrt(expecting.dispersion * expecting.expected * (1 + 1 / expecting.reference_count)) as spread
    from expecting
    cross join settings

),

limited as (

    select
        *,
        expected * pow(1 + 2 * z / 3 * spread / expected, 1.5) as upper_limit
    from scattered

),

judged as (

    select
        *,
        case
            when topic = '*' and is_holiday then 'holiday'
            when not is_known then 'too_little_history'
            when
                contacts > upper_limit
                and contacts >= min_count
                and contacts >= factor * expected
                then 'signal'
            else 'usual'
        end as window_state
    from limited

)

select
    judged.topic,
    judged.local_date,
    judged.hour_end,
    judged.ended_at,
    judged.contacts,
    judged.last_hour_contacts,
    judged.reference_count,
    judged.reference_mean::double as reference_mean,
    judged.last_hour_mean::double as last_hour_mean,
    if(judged.is_known, judged.dispersion, null) as dispersion,
    if(judged.is_known, judged.level_factor, null) as level_factor,
    judged.expected,
    judged.upper_limit,
    -- So many are above every part of the limit.
    greatest(floor(judged.upper_limit) + 1, judged.min_count, ceil(judged.factor * judged.expected))::bigint
        as contacts_of_signal,
    judged.window_state
from judged
cross join covered
cross join centre
-- Pages show days from the first of a month on.
qualify
    judged.local_date > covered.as_of_date - centre.site_day_points - 31
    or bool_or(judged.window_state = 'signal') over (partition by judged.topic, judged.local_date)
order by judged.topic, judged.local_date, judged.hour_end
