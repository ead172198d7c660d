-- One row per contact hit by an incident with the kinds of time that the incident takes out.
with

excluded as (

    select * from {{ ref('int_contact__excluded') }}

),

kpis as (

    select
        percentile_fact,
        kpi_group
    from {{ ref('dim_kpi') }}
    where percentile_fact is not null

)

select
    excluded.contact_key,
    list(distinct kpis.percentile_fact order by kpis.percentile_fact) as percentile_facts
from excluded
inner join kpis
    on excluded.kpi_group = kpis.kpi_group
group by excluded.contact_key
