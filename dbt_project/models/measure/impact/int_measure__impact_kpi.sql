{{ config(materialized='ephemeral') }}

-- The KPIs whose gap can be taken apart: a sum over a sum, both of which add up over people. Where one of them counts
-- contacts, a team and the centre count a contact once that several agents had. Some count records that name a cause.
with

kpis as (

    select * from {{ ref('int_measure__kpi') }}

),

measures as (

    select * from {{ ref('measures') }}
    where rollup = 'sum'

)

select
    kpis.kpi_id,
    kpis.kpi_group,
    kpis.scale,
    kpis.min_sample,
    kpis.judged_period_kinds,
    kpis.numerator_position,
    kpis.denominator_position,
    kpis.sample_position,
    kpis.pleasant_side = 'low' or kpis.direction = 'lower' as is_low_pleasant,
    kpis.pleasant_side = 'high' or kpis.direction = 'higher' as is_high_pleasant,
    list_contains(kpis.scope_kinds, 'team') as has_teams,
    list_contains(kpis.scope_kinds, 'agent') as has_agents,
    numerators.counts_contacts::boolean or denominators.counts_contacts::boolean as counts_contacts,
    kpis.numerator_measure like 'reviews_with_%' as counts_reviews,
    case kpis.numerator_measure
        when 'severe_errors' then 'severe_error'
        when 'reviews_with_severe_error' then 'severe_error'
        when 'general_errors' then 'general_error'
        when 'reviews_with_general_error' then 'general_error'
        when 'complaints' then 'complaint_received'
        when 'complaints_upheld' then 'complaint'
        when 'contacts_avoidable' then 'avoidable'
    end as cause_family
from kpis
inner join measures as numerators
    on kpis.numerator_measure = numerators.measure
inner join measures as denominators
    on kpis.denominator_measure = denominators.measure
where
    kpis.method = 'ratio'
    -- What belongs to a team and to nobody in it has no parts.
    and numerators.facts != 'fct_team_record'
    and kpis.scale_kind = 'constant'
    and kpis.is_judged
