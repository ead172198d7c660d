-- Whoever adds up an agent's legs and unanswered offers gets the raw numerator and denominator of every KPI made
-- of their measures.
with

units as (

    select
        'agent' as scope_kind,
        agent_id as scope_id,
        contact_date as scope_date,
        {{ each_measure('{}', 'fct_contact_leg') }}
    from {{ ref('fct_contact_leg') }}
    where
        agent_id is not null
        and {{ is_valued() }}
        and {{ of_touched_months('contact_date') }}
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        contact_date as scope_date,
        {{ each_measure('{}', 'fct_agent_offer') }}
    from {{ ref('fct_agent_offer') }}
    where
        agent_id is not null
        and not is_test
        and {{ is_valued() }}
        and {{ of_touched_months('contact_date') }}

),

{{ values_unlike_their_records('fct_contact_leg') }}
