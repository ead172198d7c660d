-- One row per KPI and version of its formula that was ever published, or is about to be.
with

definitions as (

    select * from {{ ref('stg_kpi_definition') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}

),

last_publication as (

    select coalesce(max(publication), 0) as last_number
    from {{ ref('stg_publication') }}

),

first_publications as (

    select
        kpi_id,
        formula_version,
        min(publication) as first_publication
    from definitions
    group by kpi_id, formula_version

),

current_versions as (

    select
        kpis.*,
        coalesce(first_publications.first_publication, last_publication.last_number + 1) as first_publication
    from kpis
    cross join last_publication
    left join first_publications
        on
            kpis.kpi_id = first_publications.kpi_id
            and kpis.formula_version = first_publications.formula_version

),

-- What a version said last: a word of it may have been mended without another formula.
earlier_versions as (

    select
        definitions.*,
        first_publications.first_publication
    from definitions
    inner join first_publications
        on
            definitions.kpi_id = first_publications.kpi_id
            and definitions.formula_version = first_publications.formula_version
    anti join kpis
        on
            definitions.kpi_id = kpis.kpi_id
            and definitions.formula_version = kpis.formula_version
    qualify row_number() over (
        partition by definitions.kpi_id, definitions.formula_version
        order by definitions.publication desc
    ) = 1

),

versions as (

    select
        *,
        true as is_current
    from current_versions
    union all by name
    select
        *,
        false as is_current
    from earlier_versions

)

select
    kpi_id,
    formula_version,
    is_current,
    first_publication,
    name_en,
    name_zh,
    method,
    numerator_measure,
    denominator_measure,
    sample_measure,
    scale,
    scale_kind,
    unit,
    direction,
    decimals,
    definition_en,
    definition_zh,
    formula_en,
    formula_zh,
    interval_kind,
    min_sample
from versions
