{{ config(schema='measure') }}

-- One row per scope, month and different time with its number of cases: what longer periods need, at a fraction of the rows.
with

times as (

    select * from {{ ref('int_measure__scope_seconds') }}

)

select
    percentile_fact,
    scope_kind,
    scope_id,
    date_trunc('month', contact_date)::date as period_start,
    seconds,
    count(*) as cases
from times
group by percentile_fact, scope_kind, scope_id, date_trunc('month', contact_date)::date, seconds
