with

kpis as (

    select * from {{ ref('kpis') }}

),

settings as (

    select quality_review_judged from {{ ref('stg_centre_setting') }}

),

settings_as_text as (

    select columns(*)::varchar from {{ ref('stg_centre_setting') }}

),

-- Those without a value are left out.
settings_made as (

    unpivot settings_as_text
    on columns(*)
    into name setting value told

),

made as (

    select list(setting) as setting_names
    from settings_made

)

select
    kpis.kpi_id,
    kpis.kpi_number::integer as kpi_number,
    kpis.parent_kpi_id,
    kpis.name_en,
    kpis.name_zh,
    kpis.kpi_group,
    kpis.method,
    kpis.numerator_measure,
    kpis.denominator_measure,
    kpis.sample_measure,
    kpis.scale::decimal(18, 4) as scale,
    kpis.scale_kind,
    kpis.unit,
    kpis.direction,
    kpis.pleasant_side,
    kpis.alarm_lower::decimal(18, 6) as alarm_lower,
    kpis.alarm_upper::decimal(18, 6) as alarm_upper,
    kpis.decimals::integer as decimals,
    kpis.definition_en,
    kpis.definition_zh,
    kpis.formula_en,
    kpis.formula_zh,
    kpis.example_en,
    kpis.example_zh,
    kpis.data_source_en,
    kpis.data_source_zh,
    kpis.cadence,
    kpis.control_stage,
    kpis.scopes,
    kpis.interval_kind,
    kpis.square_measure,
    coalesce(kpis.min_sample, 0)::bigint as min_sample,
    kpis.reference_value::decimal(18, 6) as reference_value,
    kpis.reference_kind,
    kpis.requires_topics,
    kpis.judged_periods,
    kpis.percentile_fact,
    coalesce(kpis.needs_participation::boolean, false) as needs_participation,
    kpis.formula_version::varchar as formula_version,
    kpis.display_order::integer as display_order,
    kpis.period_kinds,
    kpis.requires_settings,
    -- The source's "20 checks per person and day" does not say whose: the centre names the one that is judged.
    kpis.kpi_id not in (
        if(
            settings.quality_review_judged = 'agent',
            'quality_reviews_per_reviewer_day',
            'quality_reviews_per_agent_day'
        )
    ) as is_judged,
    nullif(
        array_to_string(
            list_filter(
                string_split(kpis.requires_settings, '|'),
                setting -> not list_contains(made.setting_names, setting)
            ),
            '|'
        ),
        ''
    ) as missing_settings
from kpis
cross join settings
cross join made
