{{ config(materialized='ephemeral') }}

-- One row: the local dates from which some source records complaints, findings and tags, which no centre records from
-- its first day on.
with

topics as (

    select * from {{ ref('int_source__topic') }}

)

select
    min(recorded_from) filter (where topic = 'complaints') as complaints_from,
    min(recorded_from) filter (where topic = 'findings') as findings_from,
    min(recorded_from) filter (where topic = 'tags') as tags_from
from topics
