{{ config(schema='measure') }}

-- One row per KPI with the positions of its measures among the columns of int_measure__scope_measure: that is all which ties
-- the catalogue to the numbers, so that a new ratio is a row of the catalogue and no SQL.
with

kpis as (

    select * from {{ ref('dim_kpi') }}

),

columns_in_order as (

    select
        column_name as measure,
        row_number() over (order by column_index) as position
    from duckdb_columns()
    where
        database_name = current_database()
        and schema_name = '{{ ref("int_measure__scope_measure").schema }}'
        and table_name = '{{ ref("int_measure__scope_measure").identifier }}'
        and column_name not in ('kpi_group', 'scope_kind', 'scope_id', 'period_kind', 'period_start')

),

positions as (

    select map_from_entries(list((measure, position))) as position_by_measure
    from columns_in_order

),

participation as (

    select
        numerator_measure,
        denominator_measure
    from kpis
    where kpi_id = 'rating_participation_rate'

)

select
    kpis.*,
    string_split(kpis.scopes, '|') as scope_kinds,
    positions.position_by_measure[kpis.numerator_measure] as numerator_position,
    positions.position_by_measure[kpis.denominator_measure] as denominator_position,
    positions.position_by_measure[kpis.sample_measure] as sample_position,
    positions.position_by_measure[kpis.square_measure] as square_position,
    -- Cases whose window is still open are counted beside the cases, under the same noun.
    if(
        kpis.denominator_measure like '%\_cases' escape '\',
        positions.position_by_measure[replace(kpis.denominator_measure, '_cases', '_provisional_cases')],
        null
    ) as provisional_position,
    positions.position_by_measure[participation.numerator_measure] as participation_position,
    positions.position_by_measure[participation.denominator_measure] as invitation_position,
    positions.position_by_measure
from kpis
cross join positions
left join participation
    on kpis.needs_participation
