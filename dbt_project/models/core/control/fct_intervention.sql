with

sessions as (

    select * from {{ ref('fct_monitoring_session') }}
    where intervened_at is not null

),

methods as (

    select * from {{ ref('dim_code') }}
    where code_list = 'intervention_methods'

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

dated as (

    select
        *,
        cast(timezone((select settings.time_zone from settings), intervened_at) as date) as intervention_date
    from sessions

)

-- How it was done is up to the manager, so it stands under him; a method on no list is not an allowed one.
select
    dated.contact_key,
    dated.session_id as intervention_id,
    dated.source_id,
    dated.landing_day,
    dated.file_name,
    dated.record_number,
    dated.line_number,
    dated.monitor_id as agent_id,
    dated.intervention_date,
    dated.intervention_date as agent_date,
    dated.channel,
    dated.queue_id,
    dated.agent_id as helped_agent_id,
    dated.intervention_method,
    dated.interventions_accepted > 0 as is_accepted,
    dated.interventions_received as interventions,
    cast(
        dated.interventions_received > 0 and coalesce(methods.group_code = 'allowed', false) as bigint
    ) as interventions_allowed
from dated
left join methods on dated.intervention_method = methods.code
