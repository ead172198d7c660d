{{ config(materialized='view') }}

with

accounts as (

    select * from {{ ref('int_agent__account') }}

)

select
    source_id,
    account,
    agent_id,
    mapped_from,
    coalesce(
        lead(mapped_from) over (partition by source_id, account order by mapped_from),
        'infinity'::timestamptz
    ) as mapped_until
from accounts
