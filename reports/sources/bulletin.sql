-- The last seven days: what is judged, beside the day before. Agents only where they left their band or improved, on the
-- last two.
with as_of as (
    select max(period_start) as last_day
    from scorecard.fct_kpi_value
    where scope_kind = 'centre' and period_kind = 'day'
),

judged as (
    select
        kpi_value.scope_kind,
        kpi_value.scope_id,
        kpi_value.scope_name,
        kpi_value.kpi_id,
        kpi_value.period_start as day,
        kpi_value.value,
        kpi_value.n,
        kpi_value.status,
        kpi_value.verdict,
        kpi_value.evidence,
        kpi_value.lower_bound,
        kpi_value.upper_bound,
        lag(kpi_value.verdict) over before_it as previous_verdict,
        kpi_value.value - lag(kpi_value.value) over before_it as change,
        as_of.last_day
    from scorecard.fct_kpi_value as kpi_value
    cross join as_of
    where kpi_value.period_kind = 'day'
        and kpi_value.period_start > as_of.last_day - 15
        and kpi_value.scope_kind in ('centre', 'channel', 'team', 'queue', 'agent')
        -- A day off is no day before.
        and kpi_value.verdict != 'none'
    window before_it as (
        partition by kpi_value.scope_kind, kpi_value.scope_id, kpi_value.kpi_id
        order by kpi_value.period_start
    )
)

select
    scope_kind, scope_id, scope_name, kpi_id, day, value, n, status, verdict, evidence, lower_bound, upper_bound, previous_verdict, change
from judged
where day > last_day - 7
    and (
        scope_kind != 'agent'
        or (day > last_day - 2 and (verdict = 'good') != (previous_verdict = 'good'))
        or (day > last_day - 2 and verdict = 'watch' and evidence = 'clear' and previous_verdict = 'bad')
    )
order by day desc, scope_kind, scope_id, kpi_id
