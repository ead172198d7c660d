-- Handled legs, ratings, reviews and time of agents: all agents together, with the legs of unknown agents, are the
-- centre.
with

agents_wide as (

    select
        scope_date,
        sum(columns(
            '^(handled_legs.*|ratings|stars_sum|reviews|reviews_passed|agent_days)$'
            || '|^(signed_in|ready|engaged|available)_seconds$'
        ))
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'agent'
    group by scope_date

),

unknown_legs as (

    select
        contact_date as scope_date,
        sum(columns('^handled_legs.*$'))
    from {{ ref('fct_contact_leg') }}
    where agent_id is null
    group by contact_date

),

unknown_ratings as (

    select
        contact_date as scope_date,
        sum(ratings) as ratings,
        sum(stars_sum) as stars_sum
    from {{ ref('fct_rating') }}
    where agent_id is null
    group by contact_date

),

together as (

    select * from agents_wide
    union all by name
    select * from unknown_legs
    union all by name
    select * from unknown_ratings

),

expected_wide as (

    select
        scope_date,
        coalesce(sum(columns(* exclude (scope_date))), 0)::decimal(18, 4)
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

)

select
    expected.scope_date,
    expected.measure,
    expected.amount as agents_amount,
    found.amount as centre_amount
from expected
left join found
    on
        expected.scope_date = found.scope_date
        and expected.measure = found.measure
where expected.amount is distinct from found.amount
