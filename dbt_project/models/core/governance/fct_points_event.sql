-- What can bring an agent points or take some: recognitions, rewards and approved findings, each with whether it
-- stands. How many points it is worth is for the policy to say.
with

recognitions as (

    select * from {{ ref('stg_recognitions') }}

),

rewards as (

    select * from {{ ref('fct_reward') }}
    where agent_id is not null

),

findings as (

    select * from {{ ref('stg_findings') }}

),

appeals as (

    select * from {{ ref('int_appeal__effect') }}
    where subject_kind = 'finding'

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

contacts as (

    select
        contact_key,
        contact_date,
        owner_agent_id,
        is_test
    from {{ ref('int_kept__contact') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

recognised as (

    {{ by_account('recognitions', 'agent_id', 'received_at') }}

),

given as (

    {{ by_account('recognised', 'given_by', 'received_at') }}

),

-- Praise that names no agent is for the one who handled the contact last.
praised as (

    select
        given.* exclude (agent_id),  -- noqa: RF02
        coalesce(
            given.agent_id,
            if(given.recognition_kind in ('praise_in_contact', 'praise_contact'), contacts.owner_agent_id, null)
        ) as agent_id,
        contacts.contact_date,
        coalesce(contacts.is_test, false) as is_test,
        cast(timezone((select settings.time_zone from settings), given.received_at) as date) as received_date
    from given
    left join contacts on given.contact_key = contacts.contact_key
    where given.received_at <= (select covered.as_of from covered)

),

likes as (

    select distinct
        given_by,
        agent_id,
        received_date
    from praised
    where recognition_kind = 'peer_like'

),

-- A like is a colleague's: not one's own, not given back on the same day, and not without a name.
recognition_events as (

    select
        'recognition' as record_kind,
        praised.source_id || '/' || praised.recognition_id as record_id,
        praised.source_id,
        praised.landing_day,
        praised.file_name,
        praised.record_number,
        praised.line_number,
        praised.agent_id,
        praised.contact_key,
        praised.contact_date,
        praised.received_date as event_date,
        praised.received_at as happened_at,
        praised.recognition_kind as rule,  -- noqa: RF04
        praised.given_by,
        case
            when praised.is_test then 'test_contact'
            when praised.recognition_kind != 'peer_like' then null
            when praised.given_by is null then 'giver_unknown'
            when praised.given_by = praised.agent_id then 'own_like'
            when returned.agent_id is not null then 'mutual_like'
        end as worthless_because
    from praised
    left join likes as returned
        on
            praised.given_by = returned.agent_id
            and praised.agent_id = returned.given_by
            and praised.received_date = returned.received_date
    where praised.agent_id is not null

),

found as (

    {{ by_account('findings', 'agent_id', 'established_at') }}

),

-- One that nobody else has approved is open, and told to nobody here.
finding_events as (

    select
        'finding' as record_kind,
        found.source_id || '/' || found.finding_id as record_id,
        found.source_id,
        found.landing_day,
        found.file_name,
        found.record_number,
        found.line_number,
        found.agent_id,
        found.contact_key,
        contacts.contact_date,
        found.occurred_on as event_date,
        found.established_at as happened_at,
        found.finding_kind as rule,  -- noqa: RF04
        if(coalesce(contacts.is_test, false), 'test_contact', null) as worthless_because,
        if(
            coalesce(found.revoked_at <= (select covered.as_of from covered), false), 'revoked', appeals.effect
        ) as reversed_because
    from found
    left join contacts on found.contact_key = contacts.contact_key
    left join appeals on found.source_id || '/' || found.finding_id = appeals.subject_key
    where
        found.approved_by != found.established_by
        and found.established_at <= (select covered.as_of from covered)

),

reward_events as (

    select
        'reward' as record_kind,
        reward_id as record_id,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        agent_id,
        decided_date as event_date,
        ground as rule,  -- noqa: RF04
        if(is_approved, null, 'waiting') as worthless_because,
        if(is_approved and reward_state = 'revoked', 'revoked', null) as reversed_because
    from rewards

),

together as (

    select * from recognition_events
    union all by name
    select * from finding_events
    union all by name
    select * from reward_events

)

select
    record_kind || '/' || record_id as points_event_id,
    record_kind,
    record_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    event_date,
    if(contact_date is null, null, contact_key) as contact_key,
    contact_date,
    happened_at,
    rule,
    given_by,
    worthless_because,
    reversed_because
from together
