with

dates as (

    select * from {{ ref('int_agent__date') }}

),

versions as (

    select * from {{ ref('int_staff__version') }}

),

employment as (

    select * from {{ ref('int_staff__employment') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

employed_days as (

    select distinct
        employment.agent_id,
        dates.agent_date
    from dates
    inner join employment
        on
            dates.agent_date >= employment.employed_from
            and dates.agent_date < employment.employed_to

)

select
    versions.agent_id,
    dates.agent_date,
    versions.agent_name,
    versions.role,
    versions.employment,
    versions.segment,
    versions.max_concurrent,
    versions.hired_on,
    case
        when versions.hired_on is null then null
        when dates.agent_date < versions.hired_on + settings.new_staff_days then 'new'
        else 'experienced'
    end as tenure_band,
    employed_days.agent_id is not null as is_employed
from dates
inner join versions
    on
        dates.agent_date >= versions.valid_from
        and dates.agent_date < versions.valid_to
left join employed_days
    on
        versions.agent_id = employed_days.agent_id
        and dates.agent_date = employed_days.agent_date
cross join settings
