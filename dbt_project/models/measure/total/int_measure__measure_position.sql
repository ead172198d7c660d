-- One row per measure with its position in the lists of int_measure__amount, of a sum of squares in that of these: that
-- is all which ties the catalogue to the numbers, so that a new ratio is a row of the catalogue and no SQL.
select
    measures.measure,
    measures.position
from (
    values
    {{ each_measure("('{}', {position})", rollup=none) }}
) as measures (measure, position)  -- noqa: RF04
union all
select
    squares.measure,
    squares.position
from (
    values
    {{ each_measure("('{}', {position})", squares=true) }}
) as squares (measure, position)  -- noqa: RF04
