-- One row per month and person of a kind who might be assessed: agents and those who lead, both by the staff list, and
-- teams. Whether he is, the policy says. Who stood in a month as it was published stands in it still.
{%- set leads = "role in ('leader', 'supervisor', 'duty_manager', 'director')" %}

with

staff as (

    select * from {{ ref('int_assessment__staff_month') }}

),

teams as (

    select * from {{ ref('int_assessment__team_month') }}

),

months as (

    select * from {{ ref('int_assessment__month') }}

),

sealed as (

    select * from {{ ref('int_assessment__sealed') }}

),

there as (

    select
        'agent' as person_kind,
        agent_id as person_id,
        month_start,
        role, -- noqa: RF04
        home_team_id,
        last_team_id,
        team_kind,
        agent_days,
        employed_days,
        not coalesce({{ leads }}, false) as is_usual_kind
    from staff
    union all by name
    select
        'manager' as person_kind,
        agent_id as person_id,
        month_start,
        role, -- noqa: RF04
        home_team_id,
        last_team_id,
        team_kind,
        agent_days,
        employed_days,
        coalesce({{ leads }}, false) as is_usual_kind
    from staff
    union all by name
    select
        'team' as person_kind,
        team_id as person_id,
        month_start,
        team_id as home_team_id,
        team_id as last_team_id,
        team_kind,
        headcount_days,
        true as is_usual_kind
    from teams

),

together as (

    select * from there
    union all by name
    select
        sealed.person_kind,
        sealed.person_id,
        sealed.month_start,
        sealed.home_team_id as last_team_id,
        true as is_usual_kind
    from sealed
    anti join there
        on
            sealed.person_kind = there.person_kind
            and sealed.person_id = there.person_id
            and sealed.month_start = there.month_start

)

select
    together.* exclude (is_usual_kind),
    -- Told without a policy too: whoever has a kind, or had one when the month was published.
    together.is_usual_kind or sealed.person_id is not null as is_usual_kind,
    months.month_end,
    months.month_days,
    months.is_open
from together
inner join months on together.month_start = months.month_start
left join sealed
    on
        together.person_kind = sealed.person_kind
        and together.person_id = sealed.person_id
        and together.month_start = sealed.month_start
