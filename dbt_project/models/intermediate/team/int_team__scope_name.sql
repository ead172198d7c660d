with

staff_versions as (

    select * from {{ ref('int_staff__version') }}

),

team_versions as (

    select * from {{ ref('int_team__version') }}

),

queues as (

    select * from {{ ref('stg_queues') }}

),

queue_versions as (

    select
        queue_id,
        coalesce(nullif(trim(queue_name), ''), queue_id) as queue_name,
        valid_from,
        row_number() over (partition by queue_id order by valid_from) = 1 as is_first
    from queues
    qualify row_number() over (partition by queue_id, valid_from order by source_id desc) = 1

)

-- The first known name also stands for the time before it.
select
    'agent' as scope_kind,
    agent_id as scope_id,
    if(row_number() over (partition by agent_id order by valid_from) = 1, date '0001-01-01', valid_from) as valid_from,
    agent_name as scope_name
from staff_versions
union all
select
    'team' as scope_kind,
    team_id as scope_id,
    valid_from,
    team_name as scope_name
from team_versions
union all
select
    'queue' as scope_kind,
    queue_id as scope_id,
    if(is_first, date '0001-01-01', valid_from) as valid_from,
    queue_name as scope_name
from queue_versions
