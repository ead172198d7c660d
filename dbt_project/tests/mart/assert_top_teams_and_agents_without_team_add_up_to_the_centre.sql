-- Teams without a team above them, with the agents that are in none and what no agent did, are the centre, for what
-- adds up at all. An agent under two such teams counts in both, so his work is taken off once. Visitors and the
-- customers among them belong to no team.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'
        and measure not in ('visitors', 'customer_days')

),

tops as (

    select team_id from {{ ref('dim_team') }}
    where parent_team_id is null

),

agent_tops as (

    select
        agent_teams.agent_id,
        agent_teams.agent_date,
        count(distinct agent_teams.team_id) as top_count
    from {{ ref('bridge_agent_team_day') }} as agent_teams
    semi join tops
        on agent_teams.team_id = tops.team_id
    group by agent_teams.agent_id, agent_teams.agent_date

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

unclaimed_messages as (

    select
        contact_date as scope_date,
        sum(columns('_messages$'))
    from {{ ref('fct_contact') }}
    where leg_count = 0
    group by contact_date

),

work_squares as (

    select * exclude (kpi_group, channel, queue_id) from {{ ref('int_measure__work_square') }}
    where kpi_group = ''

),

work as (

    select * from leg_sums
    union all by name
    select * from rating_sums
    union all by name
    select * from review_sums
    union all by name
    select * from day_sums
    union all by name
    select * from unclaimed_messages
    union all by name
    select * from work_squares

),

placed as (

    select
        work.* exclude (agent_id, agent_date),  -- noqa: RF02
        1 - coalesce(agent_tops.top_count, 0) as missing_count
    from work
    left join agent_tops
        on
            work.agent_id = agent_tops.agent_id
            and work.agent_date = agent_tops.agent_date

),

differing as (

    select
        scope_date,
        sum(missing_count * columns(* exclude (scope_date, missing_count)))
    from placed
    where missing_count != 0
    group by scope_date

),

scope_days as (

    select * from {{ ref('int_measure__scope_day') }}
    where kpi_group = ''

),

top_days as (

    select scope_days.* exclude (kpi_group, scope_kind, scope_id)  -- noqa: RF02
    from scope_days
    semi join tops
        on scope_days.scope_id = tops.team_id
    where scope_days.scope_kind = 'team'

),

top_sums as (

    select
        scope_date,
        sum(columns(* exclude (scope_date)))
    from top_days
    group by scope_date

),

together as (

    select * from differing
    union all by name
    select * from top_sums

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

    select * exclude (kpi_group, scope_kind, scope_id) from scope_days
    where scope_kind = 'centre'

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
        coalesce(expected.amount, 0) as teams_amount,
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
    compared.teams_amount,
    compared.centre_amount
from compared
semi join additive
    on compared.measure = additive.measure
where compared.teams_amount != compared.centre_amount
