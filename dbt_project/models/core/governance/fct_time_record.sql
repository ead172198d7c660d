with

time_records as (

    select * from {{ ref('stg_time_records') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

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

)

select
    cast(null as varchar) as contact_key,
    dated.source_id || '/' || dated.record_id as time_record_id,
    dated.source_id,
    dated.landing_day,
    dated.file_name,
    dated.record_number,
    dated.line_number,
    coalesce(accounts.agent_id, dated.agent_id) as agent_id,
    dated.worked_on,
    dated.worked_on as agent_date,
    cast(null as varchar) as channel,
    cast(null as varchar) as queue_id,
    dated.category as work_category,
    dated.cause_kind,
    dated.cause_code,
    dated.plan_id,
    cast(dated.minutes as bigint) as minutes,
    cast(if(dated.cause_code is null, 0, dated.minutes) as bigint) as effort_minutes_of_causes,
    cast(dated.cause_code is not null as bigint) as effort_records
from dated
asof left join accounts
    on
        dated.source_id = accounts.source_id
        and dated.agent_id = accounts.account
        and dated.ends_at > accounts.mapped_from
