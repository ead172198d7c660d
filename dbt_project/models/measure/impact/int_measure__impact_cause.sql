{{ config(materialized='ephemeral') }}

-- What each cause has of a KPI's numerator in a whole and period, for KPIs whose records name causes. Where a review
-- counts once, however many errors it has, its distinct causes have equal shares of it.
with

kpis as (

    select * from {{ ref('int_measure__impact_kpi') }}
    where cause_family is not null

),

records as (

    select * from {{ ref('fct_cause_record') }}
    where not is_excluded

),

errors as (

    select
        error_id,
        review_id
    from {{ ref('fct_check_error') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

periods as (

    select * from {{ ref('int_measure__impact_period') }}

),

period_days as (

    select
        period_kind,
        period_start,
        period_date
    from {{ ref('int_measure__period_day') }}

),

-- Of a unit that counts once each cause is told once.
units as (

    select
        kpis.kpi_id,
        records.cause,
        records.agent_id,
        records.agent_date,
        records.scope_date,
        if(kpis.counts_reviews, errors.review_id, records.record_id) as unit_id
    from records
    inner join kpis on records.family = kpis.cause_family
    left join errors on records.record_id = errors.error_id
    group by all

),

-- In ten thousandths, of which the first causes have those that are left over, so that all shares make one.
shared_out as (

    select
        *,
        10000 // count(*) over of_unit
        + if(row_number() over so_far <= 10000 % count(*) over of_unit, 1, 0) as share_of_unit
    from units
    window
        of_unit as (partition by kpi_id, unit_id),
        so_far as (partition by kpi_id, unit_id order by cause asc)

),

scoped as (

    {{ in_centre_and_teams('shared_out') }}

)

select
    scoped.kpi_id,
    scoped.scope_kind as whole_kind,
    scoped.scope_id as whole_id,
    periods.period_kind,
    periods.period_start,
    'cause' as split,
    'cause' as part_kind,
    scoped.cause as part_id,
    sum(scoped.share_of_unit)::bigint * 0.0001::decimal(5, 4) as numerator,
    0::decimal(28, 4) as denominator,
    count(*) as n
from scoped
inner join period_days on scoped.scope_date = period_days.period_date
inner join periods
    on
        period_days.period_kind = periods.period_kind
        and period_days.period_start = periods.period_start
group by all
