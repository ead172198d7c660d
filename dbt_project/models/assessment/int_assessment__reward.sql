{{ config(materialized='ephemeral') }}

-- One row per person, month and reward that was decided, with the points of its ground; together at most the cap.
with

persons as (

    select * from {{ ref('int_assessment__person') }}
    where is_complete

),

grounds as (

    select * from {{ ref('stg_policy_rewards') }}

),

rewards as (

    select
        *,
        coalesce(agent_id, team_id) as person_id,
        agent_id is null as is_of_team,
        -- What a month's result earned counts in the month after: no result makes itself.
        cast(
            if(ground in ('RG4', 'RG5'), for_month + interval 1 month, for_month) as date
        ) as month_start
    from {{ ref('fct_reward') }}

),

given as (

    select
        persons.person_kind,
        persons.person_id,
        persons.month_start,
        persons.reward_cap,
        rewards.reward_id,
        rewards.ground,
        rewards.decided_date,
        rewards.landing_day,
        rewards.reward_state,
        if(rewards.reward_state = 'granted', coalesce(grounds.points, 0), 0) as points_of_ground,
        sum(points_of_ground) over (
            partition by persons.person_kind, persons.person_id, persons.month_start
            order by rewards.decided_date, rewards.reward_id
        ) as points_so_far
    from rewards
    inner join persons
        on
            rewards.person_id = persons.person_id
            and rewards.month_start = persons.month_start
            and rewards.is_of_team = (persons.person_kind = 'team')
    inner join grounds
        on
            persons.policy_version = grounds.version
            and persons.person_kind = grounds.person_kind
            and rewards.ground = grounds.ground

)

select
    person_kind,
    person_id,
    month_start,
    reward_id,
    ground,
    decided_date,
    landing_day,
    cast(
        least(points_so_far, coalesce(reward_cap, points_so_far))
        - least(points_so_far - points_of_ground, coalesce(reward_cap, points_so_far)) as decimal(18, 6)
    ) as points,
    case
        when reward_state != 'granted' then reward_state
        when points_of_ground = 0 then 'no_points'
        when points_so_far > reward_cap then 'cap'
    end as note
from given
