-- What belongs to a team and to nobody in it: answers of staff, and dates by which an achievement meeting was due.
-- noqa: disable=AM07
with

staff_surveys as (

    select * from {{ ref('stg_staff_surveys') }}

),

meetings as (

    select * from {{ ref('stg_meetings') }}
    where meeting_kind = 'achievement'

),

worked_days as (

    select
        agent_id,
        agent_date
    from {{ ref('fct_agent_day') }}
    where agent_days > 0

),

homes as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('int_team__member_day') }}
    where is_home_team

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

since as (

    select meetings_from from {{ ref('int_topic__since') }}

),

covered as (

    select * from {{ ref('int_as_of') }}

),

-- A week is due when it is over: on its Sunday.
team_slots as (

    select distinct
        homes.team_id,
        if(
            settings.achievement_meeting_cadence = 'weekly',
            cast(date_trunc('week', worked_days.agent_date) as date) + 6,
            worked_days.agent_date
        ) as slot_date
    from worked_days
    inner join homes
        on
            worked_days.agent_id = homes.agent_id
            and worked_days.agent_date = homes.agent_date
    cross join settings
    where settings.achievement_meeting_cadence is not null

),

held as (

    select
        meetings.team_id,
        if(
            settings.achievement_meeting_cadence = 'weekly',
            cast(date_trunc('week', timezone(settings.time_zone, meetings.held_at)) as date) + 6,
            cast(timezone(settings.time_zone, meetings.held_at) as date)
        ) as slot_date,
        count(*) as meetings
    from meetings
    cross join settings
    cross join covered
    where meetings.held_at <= covered.as_of
    group by all

)

select
    concat_ws('/', 'survey', source_id, team_id, surveyed_on, question) as team_record_id,
    'staff_survey' as team_record_kind,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    team_id,
    surveyed_on as record_date,
    question,
    cast(null as bigint) as meetings,
    cast(if(question = 'satisfaction', score_sum, 0) as decimal(18, 4)) as staff_score_sum,
    cast(if(question = 'satisfaction', respondents, 0) as bigint) as staff_respondents,
    cast(if(question = 'satisfaction', invited, 0) as bigint) as staff_invited,
    cast(if(question = 'loyalty', promoters - detractors, 0) as bigint) as staff_net_promoters,
    cast(if(question = 'loyalty', respondents, 0) as bigint) as staff_loyalty_respondents,
    cast(0 as bigint) as meeting_slots_due,
    cast(0 as bigint) as meeting_slots_held
from staff_surveys
where surveyed_on <= (select covered.as_of_date from covered)
union all by name
select
    concat_ws('/', 'meeting', team_slots.team_id, team_slots.slot_date) as team_record_id,
    'meeting_slot' as team_record_kind,
    team_slots.team_id,
    team_slots.slot_date as record_date,
    coalesce(held.meetings, 0) as meetings,
    cast(0 as decimal(18, 4)) as staff_score_sum,
    cast(0 as bigint) as staff_respondents,
    cast(0 as bigint) as staff_invited,
    cast(0 as bigint) as staff_net_promoters,
    cast(0 as bigint) as staff_loyalty_respondents,
    cast(1 as bigint) as meeting_slots_due,
    cast(held.meetings is not null as bigint) as meeting_slots_held
from team_slots
cross join since
cross join covered
left join held
    on
        team_slots.team_id = held.team_id
        and team_slots.slot_date = held.slot_date
where
    team_slots.slot_date >= since.meetings_from
    and team_slots.slot_date <= covered.as_of_date
