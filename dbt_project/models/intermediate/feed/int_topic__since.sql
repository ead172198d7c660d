{{ config(materialized='ephemeral') }}

-- One row: the local dates from which some source records complaints, findings, tags, actions and meetings, which
-- no centre records from its first day on.
with

topics as (

    select * from {{ ref('int_source__topic') }}

)

select
    min(recorded_from) filter (where topic = 'complaints') as complaints_from,
    min(recorded_from) filter (where topic = 'findings') as findings_from,
    min(recorded_from) filter (where topic = 'tags') as tags_from,
    min(recorded_from) filter (where topic = 'actions') as actions_from,
    min(recorded_from) filter (where topic = 'meetings') as meetings_from
from topics
