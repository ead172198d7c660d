with

sessions as (

    select * from {{ ref('stg_monitoring_sessions') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

legs as (

    select * from {{ ref('int_kept__leg') }}

),

errors as (

    select * from {{ ref('int_check__with_error') }}
    where check_kind = 'monitoring'

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

held as (

    select
        *,
        source_id || '/' || session_id as session_key,
        cast(timezone((select settings.time_zone from settings), started_at) as date) as session_date
    from sessions
    where started_at <= (select covered.as_of from covered)

),

with_agent as (

    {{ by_account('held', 'agent_id', 'started_at') }}

),

with_monitor as (

    {{ by_account('with_agent', 'monitor_id', 'started_at') }}

),

leg_dates as (

    select
        legs.contact_key,
        legs.agent_id,
        min(legs.agent_date) as agent_date
    from legs
    semi join with_monitor
        on
            legs.contact_key = with_monitor.contact_key
            and legs.agent_id = with_monitor.agent_id
    group by legs.contact_key, legs.agent_id

),

placed as (

    select
        with_monitor.*,
        contacts.channel,
        contacts.queue_id,
        coalesce(leg_dates.agent_date, with_monitor.session_date) as agent_date,
        errors.check_key is not null as has_error,
        with_monitor.intervened_at <= (select covered.as_of from covered) as is_stepped_in,
        not coalesce(contacts.is_test, false) as is_counted
    from with_monitor
    left join contacts on with_monitor.contact_key = contacts.contact_key
    left join leg_dates
        on
            with_monitor.contact_key = leg_dates.contact_key
            and with_monitor.agent_id = leg_dates.agent_id
    left join errors on with_monitor.session_key = errors.check_key

)

-- Listening to a test says nothing about service: it stays as a row, with nothing to count.
select
    contact_key,
    session_key as session_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    session_date,
    agent_date,
    channel,
    queue_id,
    monitor_id,
    monitor_level,
    monitoring_mode,
    monitoring_trigger,
    conclusion,
    difficulty,
    has_error,
    if(is_stepped_in, intervened_at, null) as intervened_at,
    if(is_stepped_in, intervention_method, null) as intervention_method,
    cast(is_counted as bigint) as monitoring_sessions,
    cast(is_counted and monitoring_mode = 'live' as bigint) as live_sessions,
    cast(is_counted and coalesce(is_stepped_in, false) as bigint) as interventions_received,
    cast(is_counted and coalesce(is_stepped_in, false) and is_intervention_accepted as bigint) as interventions_accepted
from placed
