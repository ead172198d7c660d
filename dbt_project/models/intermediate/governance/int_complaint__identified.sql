{{ config(materialized='ephemeral') }}

-- One row per complaint received by the end of the data, with agents instead of accounts, and with what was decided
-- by then: a decision that lies ahead is still pending.
with

complaints as (

    select * from {{ ref('stg_complaints') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

received as (

    select
        complaints.*,
        coalesce(complaints.decided_at <= covered.as_of, false) as is_decided
    from complaints
    cross join covered
    where complaints.received_at <= covered.as_of

),

with_agent as (

    select
        received.* exclude (agent_id),  -- noqa: RF02
        coalesce(accounts.agent_id, received.agent_id) as claimed_agent_id
    from received
    asof left join accounts
        on
            received.source_id = accounts.source_id
            and received.agent_id = accounts.account
            and received.received_at >= accounts.mapped_from

)

select
    with_agent.* exclude (responsible_agent_id, outcome),  -- noqa: AM04
    coalesce(accounts.agent_id, with_agent.responsible_agent_id) as responsible_agent_id,
    if(with_agent.is_decided, with_agent.outcome, 'pending') as outcome
from with_agent
asof left join accounts
    on
        with_agent.source_id = accounts.source_id
        and with_agent.responsible_agent_id = accounts.account
        and with_agent.received_at >= accounts.mapped_from
