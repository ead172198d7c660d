-- One row per scope and period in which a value is expected, whether or not there is one: what is missing must show.
with

scopes as (

    select * from {{ ref('dim_scope') }}

),

periods as (

    select * from {{ ref('int_measure__period') }}

),

names as (

    select * from {{ ref('int_measure__scope_name') }}

),

scope_periods as (

    select
        scopes.scope_kind,
        scopes.scope_id,
        scopes.scope_name,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        periods.covered_days,
        periods.is_open,
        periods.is_trailing,
        -- The name, band and segment of a period are those of its last day that the data cover.
        least(periods.last_covered_date, scopes.last_date) as described_on
    from scopes
    inner join periods
        on
            scopes.first_date < periods.period_end
            and scopes.last_date >= periods.period_start
            and (not periods.is_trailing or periods.is_latest or scopes.scope_kind = 'centre')

)

select
    scope_periods.* exclude (scope_name),
    coalesce(names.scope_name, scope_periods.scope_name) as scope_name
from scope_periods
asof left join names
    on
        scope_periods.scope_kind = names.scope_kind
        and scope_periods.scope_id = names.scope_id
        and scope_periods.described_on >= names.valid_from
