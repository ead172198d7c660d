-- One row per person and month: what his own values and records come to, and what keeps it from being a result.
with

persons as (

    select * from {{ ref('int_assessment__person') }}

),

lines as (

    select * from {{ ref('int_assessment__told_line') }}

),

quotas as (

    select
        person_kind,
        person_id,
        month_start,
        quota
    from {{ ref('int_assessment__quota') }}
    where kind = 'complaint'

),

sums as (

    select
        person_kind,
        person_id,
        month_start,
        sum(points) as points,
        coalesce(sum(points) filter (kind = 'component'), 0) as component_points,
        coalesce(sum(points) filter (kind = 'reward'), 0) as reward_points,
        coalesce(sum(-points) filter (kind = 'complaint'), 0) as complaint_points,
        coalesce(sum(-points) filter (kind = 'error'), 0) as error_points,
        coalesce(sum(-points) filter (kind = 'fraud'), 0) as fraud_points,
        count(*) filter (kind = 'complaint' and is_counted) as counted_complaints,
        coalesce(bool_or(kind = 'fraud' and is_counted), false) as has_fraud,
        coalesce(bool_or(kind = 'unfit'), false) as is_unfit,
        coalesce(bool_or(appeal_state = 'appealed'), false) as is_appealed,
        count(*) filter (kind = 'component') as components,
        max(measured_weight) as measured_weight,
        string_agg(kpi_id, ', ' order by line_order) filter (kind = 'component' and not is_measured) as unmeasured_kpis
    from lines
    group by person_kind, person_id, month_start

)

select
    persons.person_kind,
    persons.person_id,
    persons.month_start,
    coalesce(sums.points, 0) as points,
    coalesce(sums.component_points, 0) as component_points,
    coalesce(sums.reward_points, 0) as reward_points,
    coalesce(sums.complaint_points, 0) as complaint_points,
    coalesce(sums.error_points, 0) as error_points,
    coalesce(sums.fraud_points, 0) as fraud_points,
    coalesce(sums.counted_complaints, 0) as counted_complaints,
    coalesce(sums.has_fraud, false) as has_fraud,
    coalesce(sums.is_unfit, false) as is_unfit,
    coalesce(sums.is_appealed, false) as is_appealed,
    sums.measured_weight,
    quotas.quota,
    case
        when persons.agent_days < persons.min_agent_days then 'few_days'
        when persons.unmeasured_rule = 'hold' then sums.unmeasured_kpis
        when sums.components > 0 and (sums.measured_weight < persons.min_weight or sums.measured_weight = 0)
            then 'min_weight'
    end as hindrance
from persons
left join sums
    on
        persons.person_kind = sums.person_kind
        and persons.person_id = sums.person_id
        and persons.month_start = sums.month_start
left join quotas
    on
        persons.person_kind = quotas.person_kind
        and persons.person_id = quotas.person_id
        and persons.month_start = quotas.month_start
