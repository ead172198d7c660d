with

staff as (

    select * from {{ ref('stg_staff') }}

),

versions as (

    select *
    from staff
    qualify row_number() over (partition by agent_id, valid_from order by source_id desc) = 1

),

ordered as (

    select
        *,
        min(valid_from) over (partition by agent_id) as first_valid_from,
        min(hired_on) over (partition by agent_id) as first_hired_on,
        lead(valid_from) over (partition by agent_id order by valid_from) as next_valid_from
    from versions

)

select
    agent_id,
    coalesce(person_id, agent_id) as person_id,
    coalesce(nullif(trim(agent_name), ''), agent_id) as agent_name,
    role,
    employment,
    fte,
    segment,
    max_concurrent,
    coalesce(hired_on, first_hired_on, first_valid_from) as employed_from,
    coalesce(hired_on, first_hired_on) as hired_on,
    left_on,
    leave_reason,
    exit_interviewer,
    exit_reasons,
    -- The first version also describes the time since the hire: a staff list taken over later is no new start.
    if(valid_from = first_valid_from, least(valid_from, hired_on), valid_from) as valid_from,
    coalesce(next_valid_from, date '9999-12-31') as valid_to
from ordered
