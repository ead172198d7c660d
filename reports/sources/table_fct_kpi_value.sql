-- For an analyst's own page, which loads it whole: the centre's own scopes by week and longer, teams by month and longer,
-- agents in their latest two months. The published file has all.
with latest as (
    select max(period_start) as last_month
    from scorecard.fct_kpi_value
    where scope_kind = 'centre' and period_kind = 'month'
)

select
    kpi_value.kpi_id,
    kpi_value.scope_kind,
    kpi_value.scope_id,
    kpi_value.scope_name,
    kpi_value.period_kind,
    kpi_value.period_start,
    kpi_value.period_end,
    kpi_value.numerator,
    kpi_value.denominator,
    kpi_value.n,
    kpi_value.value,
    kpi_value.lower_bound,
    kpi_value.upper_bound,
    kpi_value.status,
    kpi_value.verdict,
    kpi_value.evidence
from scorecard.fct_kpi_value as kpi_value
cross join latest
where kpi_value.status != 'no_data'
    and kpi_value.period_kind in ('week', 'month', 'quarter', 'year')
    and (
        kpi_value.scope_kind in ('centre', 'channel', 'queue')
        or (kpi_value.scope_kind = 'team' and kpi_value.period_kind != 'week')
        or (
            kpi_value.scope_kind = 'agent'
            and kpi_value.period_kind = 'month'
            and kpi_value.period_start >= latest.last_month - 31
        )
    )
order by kpi_value.kpi_id, kpi_value.scope_kind, kpi_value.scope_id, kpi_value.period_kind, kpi_value.period_start
