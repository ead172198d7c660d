-- Copies of agents and teams, spans of history, and the two tables that go by scope.
create temp table agent_copy as
select number, number // getvariable('per_team') as team_number
from range(getvariable('copies')) as numbers (number);

create temp table team_copy as
select distinct team_number from agent_copy;

-- 35 days are five weeks: the days of the small centre told again further back fall on the same weekdays.
create temp table back as
select weeks5::integer as weeks5 from range(date_diff('day', getvariable('first_day'), getvariable('last_day')) // 35 + 2) as spans (weeks5);

create temp table last_told as
select max(period_start) as told_day from sample.scorecard.fct_kpi_value where period_kind = 'day';

-- Which period of the small centre is told as which.
create temp table told as
select distinct period_kind, period_start as told_start, period_end as told_end
from sample.scorecard.fct_kpi_value;

create temp table month_back as
select months::integer as months from range(date_diff('month', getvariable('first_day'), getvariable('last_day')) + 2) as spans (months);

create temp table retold as
select period_kind, told_start, told_start - 35 * weeks5 as period_start, told_end - 35 * weeks5 as period_end, weeks5 as variant
from told cross join back
where period_kind in ('day', 'trailing_7', 'trailing_28', 'trailing_365')
    -- The five whole weeks, and not the one that began before the small centre did.
    or (period_kind = 'week' and told_start > (select told_day - 35 from last_told))
union all
select 'month', told_start, (told_start - to_months(2 * months))::date, (told_end - to_months(2 * months))::date, months
from told cross join month_back
where period_kind = 'month'
union all
select 'quarter', told_start, (told_start - to_months(6 * months))::date, (told_end - to_months(6 * months))::date, months
from told cross join month_back
where period_kind = 'quarter'
union all
select 'year', told_start, (told_start - to_years(months))::date, (told_end - to_years(months))::date, months
from told cross join month_back
where period_kind = 'year'
union all
select 'all', told_start, getvariable('first_day'), getvariable('last_day') + 1, 0 from told where period_kind = 'all';

create temp table kept as
select *, dense_rank() over (order by period_kind, date_trunc('month', period_end)) as part_number
from retold
where case
    when period_kind like 'trailing%' then period_end between getvariable('first_day') + 1 and getvariable('last_day') + 1
    else period_end > getvariable('first_day') and period_start <= getvariable('last_day')
end;

create temp table scope_copy as
select scope_kind, scope_id, scope_id || '-' || number as new_id, ' ' || number as mark,
    team_id || '-' || team_number as team_id,
    if(parent_scope_kind = 'team', parent_scope_id || '-' || team_number, parent_scope_id) as parent_scope_id, number
from sample.scorecard.dim_scope cross join agent_copy
where scope_kind = 'agent'
union all
select scope_kind, scope_id,
    if(scope_kind = 'team', scope_id || '-' || team_number, replace(scope_id, '|', '-' || team_number || '|')),
    ' ' || team_number, team_id || '-' || team_number,
    if(parent_scope_kind = 'team', parent_scope_id || '-' || team_number, parent_scope_id), team_number
from sample.scorecard.dim_scope cross join team_copy
where scope_kind in ('team', 'team_channel')
union all
select scope_kind, scope_id, scope_id, '', team_id, parent_scope_id, 0
from sample.scorecard.dim_scope
where scope_kind in ('centre', 'channel', 'queue');

create table published.scorecard.dim_scope as
select scope.* replace (
    scope_copy.new_id as scope_id, scope.scope_name || scope_copy.mark as scope_name,
    scope_copy.team_id as team_id, scope_copy.parent_scope_id as parent_scope_id, getvariable('first_day') as first_date
)
from sample.scorecard.dim_scope as scope
inner join scope_copy on scope.scope_kind = scope_copy.scope_kind and scope.scope_id = scope_copy.scope_id;

-- Values are sorted and written part by part, in their order: all at once they would fill the memory of most machines.
create table published.scorecard.fct_kpi_value as from sample.scorecard.fct_kpi_value limit 0;

-- No two copies say the same, and what is not over yet changes with the day.
prepare write_part as
insert into published.scorecard.fct_kpi_value
select kpi_value.* replace (
    scope_copy.new_id as scope_id,
    kpi_value.scope_name || scope_copy.mark as scope_name,
    kept.period_start as period_start,
    kept.period_end as period_end,
    (kpi_value.numerator * factor)::decimal(18, 4) as numerator,
    (kpi_value.raw_numerator * factor)::decimal(18, 4) as raw_numerator,
    kpi_value.value * factor as value,
    kpi_value.raw_value * factor as raw_value,
    kpi_value.ci_lower * factor as ci_lower,
    kpi_value.ci_upper * factor as ci_upper
)
from sample.scorecard.fct_kpi_value as kpi_value
inner join scope_copy on kpi_value.scope_kind = scope_copy.scope_kind and kpi_value.scope_id = scope_copy.scope_id
inner join kept on kpi_value.period_kind = kept.period_kind and kpi_value.period_start = kept.told_start
cross join lateral (
    select 1 + ((scope_copy.number * 7 + kept.variant * 13) % 21 - 10) / 1000
        + if(kept.period_end > getvariable('last_day') + 1, day(getvariable('last_day')) / 100000, 0) as factor
) as differing
where kept.part_number = $1 and (
    kept.period_kind not like 'trailing%' or kpi_value.scope_kind = 'centre' or kept.period_end = getvariable('last_day') + 1
)
-- As the model writes it.
order by kept.period_kind, kept.period_end, kpi_value.kpi_id, kpi_value.scope_kind, scope_copy.new_id;
