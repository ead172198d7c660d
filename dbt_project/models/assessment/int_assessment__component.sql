-- One row per person, month and component of the policy: the KPI's value, where it lies on its curve, and its points.
-- What is not measured leaves its weight to the others, where the policy says so.
with

persons as (

    select * from {{ ref('int_assessment__person') }}
    where is_complete

),

components as (

    select * from {{ ref('stg_policy_components') }}
    where section = 'assessment'

),

kpi_values as (

    select * from {{ ref('fct_kpi_value') }}
    where
        scope_kind in ('agent', 'team')
        and period_kind = 'month'

),

valued as (

    select
        persons.person_kind,
        persons.person_id,
        persons.month_start,
        persons.full_points,
        persons.unmeasured_rule,
        persons.team_share,
        components.position,
        components.kpi_id,
        components.weight,
        components.zero_low,
        components.full_low,
        components.full_high,
        components.zero_high,
        kpi_values.value,
        kpi_values.n,
        kpi_values.excluded_n,
        kpi_values.formula_version,
        kpi_values.target_version,
        coalesce(kpi_values.reason, if(kpi_values.status = 'insufficient_sample', 'few_cases', null)) as lacking,
        coalesce(
            kpi_values.value is not null and kpi_values.status not in ('no_data', 'insufficient_sample'), false
        ) as is_measured
    from persons
    inner join components
        on
            persons.policy_version = components.version
            and persons.person_kind = components.person_kind
    left join kpi_values
        on
            components.kpi_id = kpi_values.kpi_id
            and persons.person_id = kpi_values.scope_id
            and persons.month_start = kpi_values.period_start
            and if(persons.person_kind = 'team', 'team', 'agent') = kpi_values.scope_kind

),

attained as (

    select
        *,
        if(is_measured, {{ attainment('value') }}, null) as attainment,
        coalesce(sum(weight) filter (is_measured) over of_person, 0) as measured_weight
    from valued
    window of_person as (partition by person_kind, person_id, month_start)

)

select
    person_kind,
    person_id,
    month_start,
    position,
    kpi_id,
    value,
    n,
    excluded_n,
    formula_version,
    target_version,
    weight,
    lacking,
    is_measured,
    attainment,
    measured_weight,
    cast(
        coalesce(
            round(
                weight
                * attainment
                * if(unmeasured_rule = 'reweigh', full_points / measured_weight, 1)
                * if(person_kind = 'manager', 1 - team_share, 1),
                6
            ),
            0
        ) as decimal(18, 6)
    ) as points
from attained
