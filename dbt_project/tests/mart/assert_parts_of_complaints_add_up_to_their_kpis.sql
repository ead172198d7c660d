-- Whatever complaints are parted by, the parts are all that the KPIs count and nothing else, in every scope and period.
with

periods as (

    select distinct
        period_kind,
        period_start
    from {{ ref('int_measure__period_day') }}
    where
        is_for_every_scope
        and period_kind != 'day'

),

expected as (

    select
        kpi_values.scope_kind,
        kpi_values.scope_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        part_kinds.part_kind,
        coalesce(sum(kpi_values.numerator) filter (kpi_values.kpi_id = 'complaint_rate'), 0) as received,
        coalesce(sum(kpi_values.denominator) filter (kpi_values.kpi_id = 'complaint_upheld_rate'), 0) as decided,
        coalesce(sum(kpi_values.numerator) filter (kpi_values.kpi_id = 'complaint_upheld_rate'), 0) as upheld,
        coalesce(sum(kpi_values.numerator) filter (kpi_values.kpi_id = 'complaints_pending'), 0) as pending
    from {{ reckoned_values() }} as kpi_values
    inner join periods
        on
            kpi_values.period_kind = periods.period_kind
            and kpi_values.period_start = periods.period_start
    cross join (values ('cause'), ('kind'), ('leaf'), ('topic')) as part_kinds (part_kind)
    where
        kpi_values.scope_kind in ('centre', 'team')
        and kpi_values.kpi_id in ('complaint_rate', 'complaint_upheld_rate', 'complaints_pending')
    group by
        kpi_values.scope_kind,
        kpi_values.scope_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        part_kinds.part_kind

),

found as (

    select
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        part_kind,
        sum(received) as received,
        sum(decided) as decided,
        sum(upheld) as upheld,
        sum(pending) as pending
    from {{ ref('fct_complaint_part') }}
    group by scope_kind, scope_id, period_kind, period_start, part_kind

)

select
    expected.*,
    found.received as found_received,
    found.decided as found_decided,
    found.upheld as found_upheld,
    found.pending as found_pending
from expected
full outer join found
    on
        expected.scope_kind = found.scope_kind
        and expected.scope_id = found.scope_id
        and expected.period_kind = found.period_kind
        and expected.period_start = found.period_start
        and expected.part_kind = found.part_kind
where
    (
        coalesce(expected.received, 0) != coalesce(found.received, 0)
        or coalesce(expected.decided, 0) != coalesce(found.decided, 0)
        or coalesce(expected.upheld, 0) != coalesce(found.upheld, 0)
        or coalesce(expected.pending, 0) != coalesce(found.pending, 0)
    )
    -- What an earlier formula made of closed periods has no parts.
    and not exists (
        select 1 from {{ ref('int_measure__kept_value') }} as kept
        where kept.kpi_id in ('complaint_rate', 'complaint_upheld_rate', 'complaints_pending')
    )
