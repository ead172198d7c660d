-- What an audience does not see of wider scopes, in all KPIs or, where kpi_id is given, in one.

create temp table untold_border as
select scope_kind, scope_id, unnest(generate_series(first_date + 1, last_date, interval 1 day))::date as border_date
from stretch
where has_enough;

-- Where there were never enough, no period is told in which somebody was there.
create temp table untold_time as
select scope_kind, scope_id, first_date, last_date
from stretch
where not has_enough;

create temp table hidden_period as
with hidden_border as (
    select distinct companion.hides_kind as scope_kind, companion.hides_id as scope_id, companion.kpi_id, untold.border_date
    from untold_border as untold
    inner join companion
        on untold.scope_kind = companion.scope_kind and untold.scope_id = companion.scope_id
),

hidden_time as (
    select companion.hides_kind as scope_kind, companion.hides_id as scope_id, companion.kpi_id, untold.first_date, untold.last_date
    from untold_time as untold
    inner join companion
        on untold.scope_kind = companion.scope_kind and untold.scope_id = companion.scope_id
)

select wide_period.scope_kind, wide_period.scope_id, hidden.kpi_id, wide_period.period_kind, wide_period.period_start
from prepared.main.wide_period as wide_period
inner join hidden_border as hidden
    on wide_period.scope_kind = hidden.scope_kind
    and wide_period.scope_id = hidden.scope_id
    and wide_period.told_from = hidden.border_date
union
select wide_period.scope_kind, wide_period.scope_id, hidden.kpi_id, wide_period.period_kind, wide_period.period_start
from prepared.main.wide_period as wide_period
inner join hidden_border as hidden
    on wide_period.scope_kind = hidden.scope_kind
    and wide_period.scope_id = hidden.scope_id
    and wide_period.told_until = hidden.border_date
union
select wide_period.scope_kind, wide_period.scope_id, hidden.kpi_id, wide_period.period_kind, wide_period.period_start
from prepared.main.wide_period as wide_period
inner join hidden_time as hidden
    on wide_period.scope_kind = hidden.scope_kind
    and wide_period.scope_id = hidden.scope_id
    and wide_period.told_from <= hidden.last_date
    and wide_period.told_until > hidden.first_date;
