-- One row per measure with its position among the columns of int_measure__scope_measure, of a sum of squares among
-- these: that is all which ties the catalogue to the numbers, so that a new ratio is a row of the catalogue and no SQL.
select
    column_name as measure,
    row_number() over (partition by contains(column_name, '_squared') order by column_index) as position  -- noqa: RF04
from duckdb_columns()
where
    database_name = current_database()
    and schema_name = '{{ ref("int_measure__scope_measure").schema }}'
    and table_name = '{{ ref("int_measure__scope_measure").identifier }}'
    and column_name not in ('kpi_group', 'scope_kind', 'scope_id', 'period_kind', 'period_start')
