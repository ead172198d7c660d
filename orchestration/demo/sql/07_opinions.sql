-- What customers and reviewers say of contacts, and what is noted beside them.

create table rating as
with asked as (
    select
        record.*,
        coalesce(taker_id, record.agent_id) as rated_agent_id,
        trait.share_rated,
        trait.share_five_stars - case when is_in_backlog then 0.07 else 0 end as share_five_stars,
        u('delivered', contact_number) < 0.96 as is_delivered,
        channel = 'app' and started_at >= getvariable('outage_start_at')::timestamptz
            and started_at < getvariable('outage_end_at')::timestamptz as is_in_outage
    from record
    inner join trait on coalesce(record.taker_id, record.agent_id) = trait.agent_id
    where source_id = 'desk' and outcome = 'served' and channel != 'voice' and direction = 'inbound' and not is_silent
        and ended_at < getvariable('covered_until')::timestamptz
        and u('invited', contact_number) < trait.share_invited
)
select
    contact_number,
    'R' || contact_number::varchar as rating_id,
    contact_id,
    rated_agent_id as agent_id,
    ended_at + seconds(10) as invited_at,
    is_delivered,
    case
        when not is_delivered or is_in_outage or u('rates', contact_number) >= share_rated then null
        -- One in twenty answers days later, some of them in the next month.
        when u('late', contact_number) < 0.05 then ended_at + seconds(86400 + 5 * 86400 * u('days late', contact_number))
        else ended_at + seconds(40 + 900 * u('rated after', contact_number))
    end as rated_at,
    u('late', contact_number) < 0.05 as is_late,
    case
        when u('stars', contact_number) < share_five_stars then 5
        when u('fewer stars', contact_number) < 0.62 then 4
        when u('fewer stars', contact_number) < 0.80 then 3
        when u('fewer stars', contact_number) < 0.90 then 2
        else 1
    end as stars,
    (['friendly', 'fast', 'solved', 'unclear', 'slow'])[1 + floor(5 * u('theme', contact_number))::integer] as themes
from asked
union all
-- Some customers answer twice; the last answer counts.
select contact_number, rating_id || '-2', contact_id, agent_id, invited_at + seconds(5), true,
    invited_at + seconds(3600 + 600 * u('second answer', contact_number)), false,
    1 + floor(5 * u('second stars', contact_number))::integer, null
from (
    select contact_number, 'R' || contact_number::varchar as rating_id, contact_id, rated_agent_id as agent_id,
        ended_at + seconds(10) as invited_at
    from asked
    where is_delivered and not is_in_outage and u('rates', contact_number) < share_rated and u('twice', contact_number) < 0.004
) as twice;

create table review as
with reviewer_day as (
    select
        person.agent_id as reviewer_id,
        person.duty,
        (getvariable('first_on')::date + day.number::integer) as made_on,
        case person.duty
            -- In a hostile centre some reviewers make too few, some hurry.
            when 'reviewer' then case when person.number % 2 = 0 then chosen(24, 29) else chosen(19, 12) end
                * (0.75 + 0.5 * u('reviews of day', person.number * 10000 + day.number))
            else chosen(11, 3) + 4 * u('reviews of day', person.number * 10000 + day.number)
        end::integer as places
    from person
    cross join range(getvariable('days')::bigint) as day (number)
    where person.duty in ('reviewer', 'leader') and not person.is_former
),
place as (
    select
        reviewer_id, duty, made_on,
        row_number() over (partition by made_on order by hash(reviewer_id, place.number), reviewer_id, place.number) as place
    from reviewer_day, range(places) as place (number)
    where isodow(made_on) < 6
),
candidate as (
    select
        *,
        row_number() over (partition by started_on order by u('reviewed', contact_number), contact_number) as place
    from record
    where outcome = 'served' and direction = 'inbound' and agent_id is not null
        and extract(hour from timezone(getvariable('time_zone'), started_at)) between 8 and 16
),
judged as (
    select
        candidate.contact_number, candidate.source_id, candidate.contact_id, candidate.agent_id, candidate.connected_at,
        candidate.ended_at, place.reviewer_id, place.made_on, place.duty,
        case when place.duty = 'leader' or u('live', contact_number) < 0.45 then 'live' else 'after' end as mode,
        u('error', contact_number) < trait.share_with_error as has_error,
        u('severe', contact_number) < 0.3 as is_severe
    from place
    inner join candidate on place.made_on = candidate.started_on and place.place = candidate.place
    inner join trait on candidate.agent_id = trait.agent_id
)
select
    contact_number,
    'Q' || contact_number::varchar as review_id,
    case when source_id = 'desk' then 'desk' else 'qa' end as source_id,
    case when source_id = 'desk' then contact_id end as contact_id,
    agent_id,
    reviewer_id,
    mode,
    case when u('targeted', contact_number) < 0.3 then 'targeted' else 'random' end as selection,
    case duty when 'leader' then 'team_leader' else 'quality' end as level,
    round(case
        when has_error and is_severe then 60 + 30 * u('score', contact_number)
        when has_error then 85 + 11.9 * u('score', contact_number)
        -- Exactly on the line now and then: 97.0 passes.
        when u('on the line', contact_number) < 0.05 then 97
        when u('slip', contact_number) < chosen(0.004, 0.015) then 96.9
        else 97.5 + 2.5 * u('score', contact_number)
    end, 1) as score,
    case mode when 'live' then connected_at + seconds(60)
        else ended_at + seconds(900 + 7200 * u('reviewed after', contact_number)) end as reviewed_at,
    made_on,
    has_error,
    is_severe
from judged;

-- Wrap-up timed by a person with a watch: all of weibo's, whose system writes none, and a sample elsewhere.
create table observation as
select
    record.contact_number, record.source_id, record.agent_id,
    case when record.source_id = 'desk' then record.contact_id end as contact_id,
    record.wrap_up_seconds + floor(5 * u('watch', contact_number))::integer as observed_seconds,
    leader.agent_id as observer_id,
    record.first_leg_ends_at as observed_at,
    record.started_on
from record
inner join person on record.agent_id = person.agent_id
inner join person as leader on leader.duty = 'leader' and leader.number = 1 + person.leaf_number % getvariable('leaders')
where record.outcome = 'served' and record.source_id = 'desk'
    and u('observed', contact_number) < case record.channel when 'weibo' then 0.25 else 0.004 end;

create table visit as
select
    started_on as visited_on,
    channel,
    -- Each channel draws another share of its visitors into a contact; every weekday a little more or less.
    round(count(*) * case channel when 'web' then chosen(17, 27) when 'app' then chosen(15, 17) when 'wechat' then 11
            else chosen(17, 22) end
        * (0.85 + 0.3 * u('visitors', date_diff('day', date '2000-01-01', started_on) * 10 + length(channel))))::bigint as visitors
from record
where channel != 'voice'
group by started_on, channel;
