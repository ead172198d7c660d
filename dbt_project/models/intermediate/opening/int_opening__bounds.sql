{{ config(materialized='ephemeral') }}

-- As far as schedules are told as openings: two days beyond the data on either side.
select
    epoch_ms((first_date - 2)::timestamp) // 3600000 as first_hour,
    epoch_ms((as_of_date + 3)::timestamp) // 3600000 as last_hour
from {{ ref('int_as_of') }}
