-- What adds up at all: all agents of a day together, with what no known agent did, are the centre. Nobody's are the
-- legs of unknown agents, the ratings and reviews of such contacts, and the messages that no agent ever had. Visitors
-- and the customers among them belong to no agent.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'
        and measure not in ({{ measures_of_nobody() }})

),

agent_sums as (

    select
        scope_date,
        {{ each_work_measure('sum({}) as {}') }}
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'agent'
        and {{ on_changed_dates('scope_date') }}
    group by scope_date

),

work as (

    {{ work_of_agents() }}

),

unclaimed_messages as (

    {{ unclaimed_messages() }}

),

together as (

    select * from agent_sums
    union all by name
    select * from work
    where agent_id is null
    union all by name
    select * from unclaimed_messages

),

expected_wide as (

    select
        scope_date,
        {{ each_work_measure('coalesce(sum({}), 0)::decimal(38, 8) as {}') }}
    from together
    group by scope_date

),

found_wide as (

    select * exclude (kpi_group, scope_kind, scope_id)
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'centre'
        and {{ on_changed_dates('scope_date') }}

),

{{ amounts_that_differ(['scope_date']) }}
