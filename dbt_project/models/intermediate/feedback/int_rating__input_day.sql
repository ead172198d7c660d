{{ config(materialized='ephemeral') }}

-- One row per local date: how many invitations to rate belong to it, and a digest of them.
with

placed as (

    select
        contact_date,
        digest
    from {{ ref('int_rating__placed') }}

)

select
    contact_date,
    count(*)::bigint as row_count,
    sum(digest)::varchar as digest
from placed
group by contact_date
