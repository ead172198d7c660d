with

seen as (

    select
        scope_kind,
        scope_id,
        min(scope_date) as first_seen_date,
        max(scope_date) as last_seen_date
    from {{ ref('int_measure__scope_day') }}
    where kpi_group = ''
    group by scope_kind, scope_id

),

agents as (

    select * from {{ ref('dim_agent') }}

),

teams as (

    select * from {{ ref('dim_team') }}

),

queues as (

    select * from {{ ref('dim_queue') }}

),

covered as (

    select
        first_date,
        as_of_date
    from {{ ref('int_as_of') }}

),

settings as (

    select centre_name from {{ ref('stg_centre_setting') }}

),

seen_agents as (

    select scope_id from seen
    where scope_kind = 'agent'

),

seen_queues as (

    select scope_id from seen
    where scope_kind = 'queue'

),

agent_scopes as (

    select
        'agent' as scope_kind,
        coalesce(agents.agent_id, seen_agents.scope_id) as scope_id,
        coalesce(agents.agent_name, seen_agents.scope_id) as scope_name,
        if(agents.home_team_id is null, 'centre', 'team') as parent_scope_kind,
        coalesce(agents.home_team_id, 'centre') as parent_scope_id,
        agents.home_team_id as team_id,
        agents.segment,
        agents.tenure_band,
        agents.hired_on,
        agents.left_on,
        agents.role is not null as is_known
    from agents
    full outer join seen_agents
        on agents.agent_id = seen_agents.scope_id

),

team_scopes as (

    select
        'team' as scope_kind,
        team_id as scope_id,
        team_name as scope_name,
        if(parent_team_id is null, 'centre', 'team') as parent_scope_kind,
        coalesce(parent_team_id, 'centre') as parent_scope_id,
        team_id,
        kind as segment,
        true as is_known
    from teams

),

team_channel_scopes as (

    select
        seen.scope_kind,
        seen.scope_id,
        teams.team_name || ' / ' || substr(seen.scope_id, length(teams.team_id) + 2) as scope_name,
        'team' as parent_scope_kind,
        teams.team_id as parent_scope_id,
        teams.team_id,
        substr(seen.scope_id, length(teams.team_id) + 2) as channel,
        teams.kind as segment
    from seen
    inner join teams
        on starts_with(seen.scope_id, teams.team_id || '|')
    where seen.scope_kind = 'team_channel'

),

queue_scopes as (

    select
        'queue' as scope_kind,
        coalesce(queues.queue_id, seen_queues.scope_id) as scope_id,
        coalesce(queues.queue_name, seen_queues.scope_id) as scope_name,
        if(queues.channel is null, 'centre', 'channel') as parent_scope_kind,
        coalesce(queues.channel, 'centre') as parent_scope_id,
        queues.team_id,
        queues.channel,
        queues.kind as segment
    from queues
    full outer join seen_queues
        on queues.queue_id = seen_queues.scope_id

),

channel_scopes as (

    select
        scope_kind,
        scope_id,
        scope_id as scope_name,
        'centre' as parent_scope_kind,
        'centre' as parent_scope_id,
        scope_id as channel
    from seen
    where scope_kind = 'channel'

),

centre_scope as (

    select
        'centre' as scope_kind,
        'centre' as scope_id,
        centre_name as scope_name,
        true as is_known
    from settings

),

scopes as (

    select * from agent_scopes
    union all by name
    select * from team_scopes
    union all by name
    select * from team_channel_scopes
    union all by name
    select * from queue_scopes
    union all by name
    select * from channel_scopes
    union all by name
    select * from centre_scope

),

-- A scope that nobody declared counts as active while something was seen of it in the last four weeks.
dated as (

    select
        scopes.*,
        seen.first_seen_date,
        seen.last_seen_date,
        coalesce(scopes.left_on > covered.as_of_date, true)
        and (
            coalesce(scopes.is_known, false)
            or coalesce(seen.last_seen_date > covered.as_of_date - 28, false)
        ) as is_active,
        covered.first_date as first_covered_date,
        covered.as_of_date
    from scopes
    cross join covered
    left join seen
        on
            scopes.scope_kind = seen.scope_kind
            and scopes.scope_id = seen.scope_id

)

select
    scope_kind,
    scope_id,
    scope_name,
    parent_scope_kind,
    parent_scope_id,
    team_id,
    channel,
    segment,
    tenure_band,
    is_active,
    case
        when scope_kind = 'centre' then first_covered_date
        else coalesce(first_seen_date, greatest(hired_on, first_covered_date), first_covered_date)
    end as first_date,
    case
        when is_active then as_of_date
        else coalesce(last_seen_date, least(left_on - 1, as_of_date), first_covered_date)
    end as last_date
from dated
