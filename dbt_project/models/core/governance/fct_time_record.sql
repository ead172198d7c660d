with

time_records as (

    select * from {{ ref('stg_time_records') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

staff_days as (

    select
        agent_id,
        agent_date,
        role in ('leader', 'supervisor', 'duty_manager') as is_manager
    from {{ ref('int_staff__day') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- A time sheet knows the day, not the hour: whose account it was at the end of the day decides.
dated as (

    select
        *,
        timezone((select settings.time_zone from settings), cast(worked_on + 1 as timestamp)) as ends_at
    from time_records
    where worked_on <= (select covered.as_of_date from covered)

),

placed as (

    select
        dated.* exclude (agent_id),  -- noqa: RF02
        coalesce(accounts.agent_id, dated.agent_id) as agent_id
    from dated
    asof left join accounts
        on
            dated.source_id = accounts.source_id
            and dated.agent_id = accounts.account
            and dated.ends_at > accounts.mapped_from

),

known as (

    select
        placed.*,
        coalesce(staff_days.is_manager, false) as is_manager
    from placed
    left join staff_days
        on
            placed.agent_id = staff_days.agent_id
            and placed.worked_on = staff_days.agent_date

)

select
    cast(null as varchar) as contact_key,
    source_id || '/' || record_id as time_record_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    worked_on,
    worked_on as agent_date,
    cast(null as varchar) as channel,
    cast(null as varchar) as queue_id,
    category as work_category,
    cause_kind,
    cause_code,
    plan_id,
    cast(minutes as bigint) as minutes,
    cast(if(cause_code is null, 0, minutes) as bigint) as effort_minutes_of_causes,
    cast(cause_code is not null as bigint) as effort_records,
    cast(if(category in ('training', 'self_training'), minutes, 0) as bigint) as training_minutes,
    cast(if(is_manager, minutes, 0) as bigint) as manager_minutes,
    cast(is_manager as bigint) as manager_records,
    cast(if(is_manager and category = 'firefighting', minutes, 0) as bigint) as firefighting_minutes
from known
