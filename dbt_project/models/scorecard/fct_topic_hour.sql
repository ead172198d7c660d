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

at_once as (

    select
        local_date,
        hour_end,
        sum(if(is_known, contacts, 0)) as contacts,
        sum(reference_mean) as reference_mean
    from usual
    where topic != '*'
    group by local_date, hour_end

),

beside_others as (

    select
        usual.*,
        if(usual.topic = '*', 0, at_once.contacts - usual.contacts) as other_contacts,
        if(usual.topic = '*', 0, coalesce(at_once.reference_mean - usual.reference_mean, 0)) as others_mean
    from usual
    left join at_once
        on
            usual.local_date = at_once.local_date
            and usual.hour_end = at_once.hour_end

),

levelled as (

    select
        *,
        if(others_mean >= 20, least(greatest(other_contacts::double / others_mean::double, 0.25), 4), 1) as level_factor
    from beside_others

),

expecting as (

    select
        *,
        if(is_known, greatest(level_factor * reference_mean::double, 0.5), null) as expected
    from levelled

),

-- Eight counts of one window tell too little of how they vary: all windows of the topic on that weekday do together.
-- Pages show days from the first of a month on; of days before only those may stay that have a signal.
days as (

    select
        expecting.topic,
        expecting.local_date,
        greatest(
            sum(expecting.variance) / nullif(sum(expecting.reference_mean), 0), 1
        )::double as dispersion,
        expecting.local_date > max(covered.as_of_date) - max(centre.site_day_points) - 31 as is_shown
    from expecting
    cross join settings
    cross join covered
    cross join centre
    group by expecting.topic, expecting.local_date
    having
        is_shown
        or bool_or(
            expecting.contacts >= settings.min_count
            and expecting.contacts
            >= if(expecting.topic = '*', settings.factor_all, settings.factor)::double * expecting.expected
        )

),

summed as (

    select
        expecting.*,
        days.dispersion,
        days.is_shown
    from expecting
    inner join days
        on
            expecting.topic = days.topic
            and expecting.local_date = days.local_date

),

scattered as (

    select
        summed.*,
        settings.z::double as z,
        settings.min_count,
        if(summed.topic = '*', settings.factor_all, settings.factor)::double as factor,
        sqrt(summed.dispersion * summed.expected * (1 + 1 / summed.reference_count)) as spread
    from summed
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

),

days_of_signals as (

    select distinct
        topic,
        local_date
    from judged
    where window_state = 'signal'

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
left join days_of_signals
    on
        judged.topic = days_of_signals.topic
        and judged.local_date = days_of_signals.local_date
where judged.is_shown or days_of_signals.topic is not null
order by judged.topic, judged.local_date, judged.hour_end
