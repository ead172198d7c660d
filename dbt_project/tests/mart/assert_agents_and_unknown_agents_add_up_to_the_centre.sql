-- What adds up at all: all agents of a day together, with what no known agent did, are the centre. Nobody's are the
-- legs of unknown agents, the ratings and reviews of such contacts, and the messages that no agent ever had. Visitors
-- and the customers among them belong to no agent.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'
        and measure not in ('visitors', 'customer_days')

),

agent_sums as (

    select
        scope_date,
        sum(columns(* exclude (kpi_group, scope_kind, scope_id, scope_date)))
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'agent'
    group by scope_date

),

unknown_legs as (

    select
        contact_date as scope_date,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number,
            leg_key, contact_key, leg_number, source_id, contact_id, channel, direction, queue_id, visit_key, agent_id,
            agent_date, contact_date, connected_at, ended_at, end_kind, is_owner_leg, is_test
        )))
    from {{ ref('fct_contact_leg') }}
    where agent_id is null
    group by contact_date

),

unknown_ratings as (

    select
        contact_date as scope_date,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number, source_id,
            contact_key, rating_id, agent_id, channel, queue_id, contact_date, agent_date, is_counted
        )))
    from {{ ref('fct_rating') }}
    where
        agent_id is null
        and is_counted
    group by contact_date

),

unknown_reviews as (

    select
        review_date as scope_date,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number, source_id,
            review_id, contact_key, agent_id, reviewer_id, review_date, agent_date, channel, queue_id
        )))
    from {{ ref('fct_quality_review') }}
    where agent_id is null
    group by review_date

),

unclaimed_messages as (

    select
        contact_date as scope_date,
        sum(columns('_messages$'))
    from {{ ref('fct_contact') }}
    where leg_count = 0
    group by contact_date

),

unknown_squares as (

    select * exclude (kpi_group, agent_id, agent_date, channel, queue_id) from {{ ref('int_measure__work_square') }}
    where
        kpi_group = ''
        and agent_id is null

),

together as (

    select * from agent_sums
    union all by name
    select * from unknown_legs
    union all by name
    select * from unknown_ratings
    union all by name
    select * from unknown_reviews
    union all by name
    select * from unclaimed_messages
    union all by name
    select * from unknown_squares

),

expected_wide as (

    select
        scope_date,
        coalesce(sum(columns(* exclude (scope_date))), 0)::decimal(38, 8)
    from together
    group by scope_date

),

expected as (

    unpivot expected_wide
    on columns(* exclude (scope_date))
    into name measure value amount

),

found_wide as (

    select * exclude (kpi_group, scope_kind, scope_id)
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'centre'

),

found as (

    unpivot found_wide
    on columns(* exclude (scope_date))
    into name measure value amount

),

compared as (

    select
        coalesce(expected.scope_date, found.scope_date) as scope_date,
        coalesce(expected.measure, found.measure) as measure,
        coalesce(expected.amount, 0) as agents_amount,
        coalesce(found.amount, 0) as centre_amount
    from expected
    full join found
        on
            expected.scope_date = found.scope_date
            and expected.measure = found.measure

)

select
    compared.scope_date,
    compared.measure,
    compared.agents_amount,
    compared.centre_amount
from compared
semi join additive
    on compared.measure = additive.measure
where compared.agents_amount != compared.centre_amount
