{{ config(schema='measure', materialized='view') }}

-- One row per time KPI's facts, scope and calendar period: exact nearest-rank p50 and p90.
select * from {{ ref('int_measure__percentile_short') }}
union all
select * from {{ ref('int_measure__percentile_long') }}
