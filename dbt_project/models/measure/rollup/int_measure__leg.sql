{{ config(materialized='view') }}

-- Work of agents by contact: legs and unanswered offers. A contact hit by an incident stands here once as it is
-- (kpi_group '') and once more for each KPI group that the incident takes it out of. Of the dates that are made anew.
with

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

offers as (

    select * from {{ ref('fct_agent_offer') }}
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

excluded as (

    select distinct
        contact_key,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

legs_and_offers as (

    select
        contact_key,
        agent_id,
        channel,
        contact_date,
        agent_date,
        {{ each_measure('{}', 'fct_contact_leg') }}
    from legs
    union all by name
    select
        contact_key,
        agent_id,
        channel,
        contact_date,
        agent_date,
        {{ each_measure('{}', 'fct_agent_offer') }}
    from offers

)

select
    '' as kpi_group,
    legs_and_offers.*  -- noqa: AM04
from legs_and_offers
union all by name
select
    excluded.kpi_group,
    legs_and_offers.*  -- noqa: AM04
from legs_and_offers
inner join excluded
    on legs_and_offers.contact_key = excluded.contact_key
