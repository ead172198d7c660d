{{ config(materialized='ephemeral') }}

-- One row: the local dates from which some source records what no centre records from its first day on. A topic is
-- recorded from the date of its first record: before it nobody complained to anybody who would have written it down.
with

complaints as (

    select * from {{ ref('stg_complaints') }}

),

findings as (

    select * from {{ ref('stg_findings') }}

),

tags as (

    select * from {{ ref('stg_contact_tags') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

first_told as (

    select
        (select min(complaints.received_at) from complaints) as first_complaint_at,
        (select min(findings.occurred_on) from findings) as first_finding_on,
        (select min(tags.tagged_at) from tags) as first_tag_at

)

select
    cast(timezone(settings.time_zone, first_told.first_complaint_at) as date) as complaints_from,
    first_told.first_finding_on as findings_from,
    cast(timezone(settings.time_zone, first_told.first_tag_at) as date) as tags_from
from first_told
cross join settings
