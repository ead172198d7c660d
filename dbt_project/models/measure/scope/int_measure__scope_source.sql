-- One row per scope and source that feeds it. A source with contacts feeds the scopes of its contacts; a source without
-- any (staff, states, ratings, reviews) feeds every scope. A source that has not delivered a file yet feeds nothing,
-- whatever it could record.
with

files as (

    select source_id from {{ ref('stg_file_record') }}

),

-- Records that came without a ledger (as in tests of single models) speak for their sources themselves.
sources as (

    select source_id
    from {{ ref('stg_source_setting') }}
    where
        source_id in (select files.source_id from files)
        or not exists (select 1 from files)

),

scopes as (

    select
        scope_kind,
        scope_id
    from {{ ref('dim_scope') }}

),

contacts as (

    select distinct
        source_id,
        channel
    from {{ ref('fct_contact') }}

),

visits as (

    select distinct
        source_id,
        queue_id
    from {{ ref('fct_queue_visit') }}

),

legs as (

    select distinct
        source_id,
        agent_id,
        agent_date,
        channel
    from {{ ref('fct_contact_leg') }}

),

agent_teams as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

team_sources as (

    select distinct
        agent_teams.team_id,
        legs.source_id,
        legs.channel
    from legs
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date

),

fed_by_contacts as (

    select
        'centre' as scope_kind,
        'centre' as scope_id,
        source_id
    from contacts
    union
    select
        'channel' as scope_kind,
        channel as scope_id,
        source_id
    from contacts
    union
    select
        'queue' as scope_kind,
        queue_id as scope_id,
        source_id
    from visits
    union
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        source_id
    from legs
    union
    select
        'team' as scope_kind,
        team_id as scope_id,
        source_id
    from team_sources
    union
    select
        'team_channel' as scope_kind,
        team_id || '|' || channel as scope_id,
        source_id
    from team_sources

),

sources_without_contacts as (

    select sources.source_id
    from sources
    anti join contacts
        on sources.source_id = contacts.source_id

),

-- A scope that no contact ever reached is judged by what the centre's sources record.
scopes_without_contacts as (

    select
        scopes.scope_kind,
        scopes.scope_id
    from scopes
    anti join fed_by_contacts
        on
            scopes.scope_kind = fed_by_contacts.scope_kind
            and scopes.scope_id = fed_by_contacts.scope_id

),

fed as (

    select * from fed_by_contacts
    union
    select
        scopes.scope_kind,
        scopes.scope_id,
        sources_without_contacts.source_id
    from scopes
    cross join sources_without_contacts
    union
    select
        scopes_without_contacts.scope_kind,
        scopes_without_contacts.scope_id,
        sources.source_id
    from scopes_without_contacts
    cross join sources

)

select distinct
    fed.scope_kind,
    fed.scope_id,
    fed.source_id,
    sources_without_contacts.source_id is null as has_contacts
from fed
left join sources_without_contacts
    on fed.source_id = sources_without_contacts.source_id
where fed.scope_id is not null
