with

findings as (

    select * from {{ ref('stg_findings') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

appeals as (

    select * from {{ ref('int_appeal__effect') }}
    where subject_kind = 'finding'

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

agent_dates as (

    {{ agent_dates_of('findings') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

with_agent as (

    select
        findings.* exclude (agent_id),
        coalesce(accounts.agent_id, findings.agent_id) as agent_id,
        findings.source_id || '/' || findings.finding_id as finding_key
    from findings
    asof left join accounts
        on
            findings.source_id = accounts.source_id
            and findings.agent_id = accounts.account
            and findings.established_at >= accounts.mapped_from

),

-- Without the approval of somebody else a finding is open and changes nothing.
placed as (

    select
        with_agent.*,
        appeals.effect as appeal_effect,
        contacts.channel,
        contacts.queue_id,
        coalesce(agent_dates.agent_date, with_agent.occurred_on) as agent_date,
        coalesce(
            with_agent.approved_by != with_agent.established_by
            and with_agent.established_at <= covered.as_of
            and not coalesce(with_agent.revoked_at <= covered.as_of, false)
            and not coalesce(contacts.is_test, false)
            and coalesce(appeals.effect != 'overturned', true),
            false
        ) as is_effective
    from with_agent
    cross join covered
    left join appeals on with_agent.finding_key = appeals.subject_key
    left join contacts on with_agent.contact_key = contacts.contact_key
    left join agent_dates
        on
            with_agent.contact_key = agent_dates.contact_key
            and with_agent.agent_id = agent_dates.agent_id

)

-- Two findings of one kind about one contact are one incident.
select
    contact_key,
    finding_key as finding_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    if(appeal_effect = 'not_responsible', null, agent_id) as agent_id,
    occurred_on,
    agent_date,
    channel,
    queue_id,
    finding_kind,
    is_effective,
    appeal_effect,
    cast(
        is_effective
        and finding_kind in ('abuse', 'cold_violence', 'other_severe')
        and (
            contact_key is null
            or row_number() over (
                partition by contact_key, finding_kind
                order by is_effective desc, established_at asc, finding_key asc
            ) = 1
        ) as bigint
    ) as severe_incidents
from placed
