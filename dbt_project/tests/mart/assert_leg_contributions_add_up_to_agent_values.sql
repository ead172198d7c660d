-- Whoever adds up an agent's legs and unanswered offers gets the raw numerator and denominator of every KPI made
-- of their measures.
with

units as (

    select
        'agent' as scope_kind,
        agent_id as scope_id,
        {{ each_measure('{}', 'fct_contact_leg') }}
    from {{ ref('fct_contact_leg') }}
    where
        agent_id is not null
        and {{ is_valued() }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        {{ each_measure('{}', 'fct_agent_offer') }}
    from {{ ref('fct_agent_offer') }}
    where
        agent_id is not null
        and not is_test
        and {{ is_valued() }}

),

{{ values_unlike_their_records('fct_contact_leg') }}
