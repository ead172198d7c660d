-- One row per half hour and scope. Centre and channel: measures of the contacts that started in it; queue: of the
-- visits that entered it then. Agent, team and centre: the time of agents spent in it, and the legs that they began in
-- it.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

-- By number, so that of nearly all visits no other column is read.
visit_quarters as (

    select
        rowid as visit_number,
        epoch_us(entered_at) // 900000000 as quarter_number
    from {{ ref('fct_queue_visit') }}
    where
        not is_test
        and queue_id is not null

),

state_half_hours as (

    select * from {{ ref('int_state__half_hour') }}
    where {{ on_changed_dates('agent_date') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where {{ on_changed_dates('agent_date') }}

),

agent_days as (

    select * from {{ ref('fct_agent_day') }}
    where {{ on_changed_dates('agent_date') }}

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

channel_half_hours as (

    select
        'channel' as scope_kind,
        channel as scope_id,
        contact_date as scope_date,
        half_hour_started_at,
        {{ each_measure('sum({}) as {}', 'fct_contact') }}
    from contacts
    group by channel, contact_date, half_hour_started_at

),

-- The clock is read once per quarter of an hour in which somebody entered or was connected.
quarters as (

    select quarter_number
    from visit_quarters
    union
    select epoch_us(connected_at) // 900000000 as quarter_number
    from legs

),

clocks as (

    select
        quarters.quarter_number,
        make_timestamptz(quarters.quarter_number * 900000000) as quarter_started_at,
        timezone(settings.time_zone, make_timestamptz(quarters.quarter_number * 900000000)) as local_started_at
    from quarters
    cross join settings

),

half_hours as (

    select
        quarter_number,
        local_started_at::date as local_date,
        quarter_started_at - to_microseconds(epoch_us(local_started_at) % 1800000000) as half_hour_started_at
    from clocks

),

changed_visits as (

    select visit_quarters.visit_number
    from visit_quarters
    inner join half_hours on visit_quarters.quarter_number = half_hours.quarter_number
    where {{ on_changed_dates('half_hours.local_date') }}

),

visits as (

    select * from {{ ref('fct_queue_visit') }}
    where rowid in (select changed_visits.visit_number from changed_visits)

),

visit_half_hours as (

    select
        half_hours.local_date as scope_date,
        half_hours.half_hour_started_at,
        visits.queue_id,
        {{ each_measure('visits.{}', 'fct_queue_visit') }}
    from visits
    inner join half_hours
        on epoch_us(visits.entered_at) // 900000000 = half_hours.quarter_number

),

-- Of days whose states are recorded, so that they stand over the time signed in on the same days.
begun_legs as (

    select
        legs.agent_id,
        legs.agent_date,
        half_hours.half_hour_started_at,
        sum(legs.contacts_handled) as handled_legs_states_recorded
    from legs
    inner join agent_days
        on
            legs.agent_id = agent_days.agent_id
            and legs.agent_date = agent_days.agent_date
    inner join half_hours
        on epoch_us(legs.connected_at) // 900000000 = half_hours.quarter_number
    where agent_days.state_agent_days > 0
    group by legs.agent_id, legs.agent_date, half_hours.half_hour_started_at

),

agent_half_hours as (

    select
        agent_id,
        agent_date as scope_date,
        half_hour_started_at,
        {{ each_measure('{}', 'int_state__half_hour') }}
    from state_half_hours
    union all by name
    select
        agent_id,
        agent_date as scope_date,
        half_hour_started_at,
        {{ each_measure('{}', 'int_measure__half_hour') }}
    from begun_legs

),

together as (

    select * from channel_half_hours
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        * exclude (scope_kind, scope_id)
    from channel_half_hours
    union all by name
    select
        'queue' as scope_kind,
        queue_id as scope_id,
        * exclude (queue_id)
    from visit_half_hours
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        * exclude (agent_id)
    from agent_half_hours
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        * exclude (agent_id)
    from agent_half_hours
    union all by name
    select
        'team' as scope_kind,
        agent_teams.team_id as scope_id,
        agent_half_hours.* exclude (agent_id)  -- noqa: RF02
    from agent_half_hours
    inner join agent_teams
        on
            agent_half_hours.agent_id = agent_teams.agent_id
            and agent_half_hours.scope_date = agent_teams.agent_date

)

select
    scope_kind,
    scope_id,
    scope_date,
    half_hour_started_at,
    {{ each_measure_of_half_hours('coalesce(sum({}), 0)::decimal(18, 4) as {}') }}
from together
group by scope_kind, scope_id, scope_date, half_hour_started_at
