with

targets as (

    select * from {{ ref('stg_target') }}

),

settings as (

    select message_mix_tolerance from {{ ref('stg_centre_setting') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}

),

-- The sides of the message ratio may differ from their share by a part of it that the centre sets; the seed's rows say
-- what that comes to at 20 %.
mix_bounds as (

    select
        kpis.kpi_id,
        round(kpis.reference_value * (1 - settings.message_mix_tolerance), 4) as lower_bound,
        round(kpis.reference_value * (1 + settings.message_mix_tolerance), 4) as upper_bound,
        format(', tolerance {:g}', settings.message_mix_tolerance::double) as version_suffix
    from kpis
    cross join settings
    where kpis.kpi_id in ('message_mix_customer', 'message_mix_agent', 'message_mix_system')

),

settled as (

    select
        targets.* replace (
            coalesce(mix_bounds.lower_bound, targets.lower_bound) as lower_bound,
            coalesce(mix_bounds.upper_bound, targets.upper_bound) as upper_bound,
            if(
                mix_bounds.lower_bound != targets.lower_bound
                or mix_bounds.upper_bound != targets.upper_bound,
                targets.target_version || mix_bounds.version_suffix,
                targets.target_version
            ) as target_version
        )
    from targets
    left join mix_bounds
        on
            targets.kpi_id = mix_bounds.kpi_id
            and targets.written_in = 'kpi_targets.csv'

)

select
    target_id,
    kpi_id,
    scope_kind,
    coalesce(scope_id, if(scope_kind = 'centre', 'centre', '')) as scope_id,
    coalesce(segment, '') as segment,
    lower_bound::decimal(18, 6) as lower_bound,
    upper_bound::decimal(18, 6) as upper_bound,
    stretch::decimal(18, 6) as stretch,
    upper_measure,
    coalesce(valid_from, date '0001-01-01')::date as valid_from,
    coalesce(valid_to, date '9999-12-31')::date as valid_to,
    baseline_from,
    baseline_to,
    target_source,
    target_version,
    written_in = 'centre.yaml' as is_own,
    note_en,
    note_zh
from settled
