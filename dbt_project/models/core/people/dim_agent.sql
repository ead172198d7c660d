with

seen as (

    select * from {{ ref('int_agent__seen') }}

),

agent_days as (

    select * from {{ ref('dim_agent_day') }}

),

versions as (

    select * from {{ ref('int_staff__version') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- Versions announced for later do not describe the agent yet.
hires as (

    select
        versions.agent_id,
        versions.hired_on,
        versions.left_on
    from versions
    cross join as_of
    where versions.valid_from <= as_of.as_of_date
    qualify row_number() over (partition by versions.agent_id order by versions.valid_from desc) = 1

),

latest as (

    select *
    from agent_days
    qualify row_number() over (partition by agent_id order by agent_date desc) = 1

),

-- Someone who left is still looked for in his last team.
homes as (

    select
        agent_id,
        home_team_id
    from agent_days
    where home_team_id is not null
    qualify row_number() over (partition by agent_id order by agent_date desc) = 1

)

-- Whoever first shows up after the latest instant of the data is known already, though nothing held of him until then.
select
    seen.agent_id,
    coalesce(latest.agent_name, seen.agent_id) as agent_name,
    latest.role,
    latest.employment,
    latest.segment,
    latest.tenure_band,
    hires.hired_on,
    hires.left_on,
    homes.home_team_id
from seen
left join latest on seen.agent_id = latest.agent_id
left join hires on seen.agent_id = hires.agent_id
left join homes on seen.agent_id = homes.agent_id
