-- One row per period whose values are made anew: those with a day whose measures are, those whose other inputs are
-- not as the last complete build found them, and those that a build which was cut off had begun.
with

changed_dates as (

    select * from {{ ref('int_measure__changed_date') }}

),

period_days as (

    select * from {{ ref('int_measure__period_day') }}

),

pending_periods as (

    select * from {{ ref('stg_pending_period') }}

),

inputs as (

    select * from {{ ref('int_measure__input_period') }}

),

inputs_before as (

    select * from {{ ref('stg_measured_period') }}

),

changed_inputs as (

    {{ changed_inputs(['input_name', 'period_kind', 'period_start']) }}

)

select
    period_days.period_kind,
    period_days.period_start
from period_days
semi join changed_dates
    on period_days.period_date = changed_dates.changed_date
union
select
    period_kind,
    period_start
from pending_periods
union
select
    period_kind,
    period_start
from changed_inputs
