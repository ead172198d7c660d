-- What adds up at all (not contacts, which a team counts once) is in a team and day what the legs, ratings, reviews
-- and working days of its agents, by the membership of that day, add up to.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

settings as (

    select replacement_cost from {{ ref('stg_centre_setting') }}

),

leg_sums as (

    select
        agent_id,
        agent_date,
        contact_date as scope_date,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number,
            leg_key, contact_key, leg_number, source_id, contact_id, channel, direction, queue_id, visit_key, agent_id,
            agent_date, contact_date, connected_at, ended_at, end_kind, is_owner_leg, is_test
        )))
    from {{ ref('fct_contact_leg') }}
    group by agent_id, agent_date, contact_date

),

rating_sums as (

    select
        agent_id,
        agent_date,
        contact_date as scope_date,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number, source_id,
            contact_key, rating_id, agent_id, channel, queue_id, contact_date, agent_date, is_counted
        )))
    from {{ ref('fct_rating') }}
    where is_counted
    group by agent_id, agent_date, contact_date

),

review_sums as (

    select
        agent_id,
        agent_date,
        review_date as scope_date,
        sum(columns(* exclude (
            landing_day, file_name, record_number, line_number, source_id,
            review_id, contact_key, agent_id, reviewer_id, review_date, agent_date, channel, queue_id
        )))
    from {{ ref('fct_quality_review') }}
    group by agent_id, agent_date, review_date

),

day_sums as (

    select
        agent_days.* exclude (peak_concurrent_legs, configured_max_concurrent, peak_cap_share),  -- noqa: RF02
        agent_days.agent_date as scope_date,
        agent_days.leavers * settings.replacement_cost as leaver_replacement_cost
    from {{ ref('fct_agent_day') }} as agent_days
    cross join settings

),

work_squares as (

    select * exclude (kpi_group, channel, queue_id) from {{ ref('int_measure__work_square') }}
    where kpi_group = ''

),

together as (

    select * from leg_sums
    union all by name
    select * from rating_sums
    union all by name
    select * from review_sums
    union all by name
    select * from day_sums
    union all by name
    select * from work_squares

),

expected_wide as (

    select
        agent_teams.team_id,
        together.scope_date,
        coalesce(sum(columns(together.* exclude (agent_id, agent_date, scope_date))), 0)::decimal(38, 8)  -- noqa: RF02
    from together
    inner join agent_teams
        on
            together.agent_id = agent_teams.agent_id
            and together.agent_date = agent_teams.agent_date
    group by agent_teams.team_id, together.scope_date

),

expected as (

    unpivot expected_wide
    on columns(* exclude (team_id, scope_date))
    into name measure value amount

),

found_wide as (

    select * exclude (kpi_group, scope_kind)
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'team'

),

found as (

    unpivot found_wide
    on columns(* exclude (scope_id, scope_date))
    into name measure value amount

),

compared as (

    select
        coalesce(expected.team_id, found.scope_id) as team_id,
        coalesce(expected.scope_date, found.scope_date) as scope_date,
        coalesce(expected.measure, found.measure) as measure,
        coalesce(expected.amount, 0) as agents_amount,
        coalesce(found.amount, 0) as team_amount
    from expected
    full join found
        on
            expected.team_id = found.scope_id
            and expected.scope_date = found.scope_date
            and expected.measure = found.measure

)

select
    compared.team_id,
    compared.scope_date,
    compared.measure,
    compared.agents_amount,
    compared.team_amount
from compared
semi join additive
    on compared.measure = additive.measure
where compared.agents_amount != compared.team_amount
