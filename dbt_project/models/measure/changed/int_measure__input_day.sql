-- One row per input of the measures and local date: how many rows it has for the measures of that date, and a digest
-- of them. What contacts, ratings and the states of agents come to is no input here, since the dates on which these are
-- made anew are known; only what lies on another date than its contact is. Without a date: what the measures of all
-- dates are made from.
-- (DuckDB's own hash of a text is the same for some texts that are much alike, hardly for their reverse too; where rows
-- are few, md5 does it. A row goes by the name of its CTE, which therefore none of its columns may have.)
with

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

worked_days as (

    select * from {{ ref('fct_agent_day') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

event_days as (

    select * from {{ ref('int_agent__event_day') }}

),

rated_channels as (

    select * from {{ ref('stg_rated_channel') }}

),

repeats as (

    select * from {{ ref('int_customer__repeat') }}

),

excluded as (

    select distinct
        contact_key,
        contact_date,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

effort_records as (

    select * from {{ ref('int_measure__effort_record') }}
    where is_vital_few

),

-- What a gap is told apart by, beside the measures of records.
causes as (

    select
        cause_records.scope_date,
        cause_records.family,
        cause_records.record_id,
        cause_records.cause,
        cause_records.agent_id,
        cause_records.agent_date,
        cause_records.is_excluded,
        errors.review_id
    from {{ ref('fct_cause_record') }} as cause_records
    left join {{ ref('fct_check_error') }} as errors on cause_records.record_id = errors.error_id

),

customer_days as (

    select * from {{ ref('int_customer__day') }}

),

site_visits as (

    select * from {{ ref('fct_site_visit') }}

),

forecasts as (

    select * from {{ ref('fct_forecast_interval') }}

),

team_records as (

    select * from {{ ref('fct_team_record') }}

),

ancestors as (

    select * from {{ ref('int_team__ancestor') }}

),

since as (

    select * from {{ ref('int_topic__since') }}

),

-- Wide rows: to read them twice costs less than to keep them in between.
records as not materialized (

    {{ person_records(with_kept=false) }}

),

ratings as (

    select
        agent_id,
        agent_date,
        contact_date
    from {{ ref('fct_rating') }}
    where
        is_counted
        and agent_date != contact_date

),

legs as (

    select
        agent_id,
        agent_date,
        contact_date,
        connected_at,
        contacts_handled
    from {{ ref('fct_contact_leg') }}
    where agent_date != contact_date

),

offers as (

    select distinct
        agent_id,
        agent_date,
        contact_date
    from {{ ref('fct_agent_offer') }}
    where agent_date != contact_date

),

turns as (

    select distinct
        agent_id,
        agent_date,
        contact_date
    from {{ ref('fct_message_turn') }}
    where agent_date != contact_date

),

-- Told by the local midnights of the contact's date, since to reckon the local date of each of all visits is dear; and
-- by number, so that of nearly all no other column is read.
entered_elsewhere as (

    select queue_visits.rowid as visit_number
    from {{ ref('fct_queue_visit') }} as queue_visits
    left join dates on queue_visits.contact_date = dates.agent_date
    where
        dates.agent_date is null
        or queue_visits.entered_at < dates.starts_at
        or queue_visits.entered_at >= dates.ends_at

),

visits as (

    select
        *,
        timezone((select settings.time_zone from settings), entered_at)::date as entered_on
    from {{ ref('fct_queue_visit') }}
    where
        rowid in (select entered_elsewhere.visit_number from entered_elsewhere)
        and entered_on != contact_date

),

-- Work of a date that an agent did on another one counts in the teams that he had then.
elsewhere as (

    select
        agent_id,
        agent_date,
        contact_date as scope_date
    from legs
    union
    select
        agent_id,
        agent_date,
        contact_date
    from offers
    union
    select
        agent_id,
        agent_date,
        contact_date
    from turns
    union
    select
        agent_id,
        agent_date,
        contact_date
    from ratings
    union
    select
        agent_id,
        agent_date,
        scope_date
    from records
    where agent_date != scope_date
    union
    select
        agent_id,
        agent_date,
        worked_on
    from effort_records
    where agent_date != worked_on

),

contents as (

    select
        'agent_day' as input_name,
        agent_date as input_date,
        hash(worked_days, reverse(agent_id)) as row_hash  -- noqa: RF02
    from worked_days
    union all
    select
        'team' as input_name,
        agent_date as input_date,
        hash(agent_teams, reverse(agent_id), reverse(team_id)) as row_hash  -- noqa: RF02
    from agent_teams
    union all
    select
        'team_elsewhere' as input_name,
        elsewhere.scope_date as input_date,
        md5_number_lower(agent_teams::varchar) as row_hash  -- noqa: RF02
    from elsewhere
    inner join agent_teams
        on
            elsewhere.agent_id = agent_teams.agent_id
            and elsewhere.agent_date = agent_teams.agent_date
    union all
    select
        'event_day' as input_name,
        agent_date as input_date,
        md5_number_lower(event_days::varchar) as row_hash  -- noqa: RF02
    from event_days
    union all
    select
        'repeat' as input_name,
        contact_date as input_date,
        hash(contact_key, reverse(contact_key)) as row_hash
    from repeats
    union all
    select
        'excluded' as input_name,
        contact_date as input_date,
        md5_number_lower(concat_ws(chr(0), contact_key, kpi_group)) as row_hash
    from excluded
    union all
    select
        'effort' as input_name,
        worked_on as input_date,
        md5_number_lower(concat_ws(chr(0), agent_id, agent_date, minutes)) as row_hash
    from effort_records
    union all
    select
        'record' as input_name,
        scope_date as input_date,
        hash(records, reverse(contact_key), reverse(agent_id), reverse(queue_id)) as row_hash  -- noqa: RF02
    from records
    union all
    select
        'cause' as input_name,
        scope_date as input_date,
        hash(causes, reverse(record_id), reverse(cause), reverse(agent_id)) as row_hash  -- noqa: RF02
    from causes
    union all
    select
        'customer_day' as input_name,
        contact_date as input_date,
        md5_number_lower(customer_days::varchar) as row_hash  -- noqa: RF02
    from customer_days
    union all
    select
        'site_visit' as input_name,
        visit_date as input_date,
        md5_number_lower(site_visits::varchar) as row_hash  -- noqa: RF02
    from site_visits
    union all
    select
        'forecast' as input_name,
        forecast_date as input_date,
        hash(forecasts, reverse(queue_id)) as row_hash  -- noqa: RF02
    from forecasts
    union all
    select
        'team_record' as input_name,
        team_records.record_date as input_date,
        md5_number_lower(
            concat_ws(chr(0), ancestors.ancestor_team_id, team_records::varchar)  -- noqa: RF02
        ) as row_hash
    from team_records
    left join ancestors
        on
            team_records.team_id = ancestors.team_id
            and team_records.record_date >= ancestors.period_from
            and team_records.record_date < ancestors.period_to
    union all
    select
        'leg' as input_name,
        agent_date as input_date,
        md5_number_lower(concat_ws(chr(0), agent_id, epoch_us(connected_at), contacts_handled)) as row_hash
    from legs
    union all
    select
        'visit' as input_name,
        entered_on as input_date,
        md5_number_lower(visits::varchar) as row_hash  -- noqa: RF02
    from visits
    union all
    select
        'since' as input_name,
        null as input_date,
        md5_number_lower(since::varchar) as row_hash  -- noqa: RF02
    from since
    union all
    select
        'rated_channel' as input_name,
        null as input_date,
        md5_number_lower(channel) as row_hash
    from rated_channels

)

select
    input_name,
    input_date,
    count(*)::bigint as row_count,
    sum(row_hash)::varchar as digest
from contents
group by input_name, input_date
