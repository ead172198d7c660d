-- Values and scopes of one audience: its own ones, and what it may see of wider scopes, which stands in files of its own.
create view fct_kpi_value as
from memory.scorecard.own_value
union all
from wide.main.wide_value;

create view fct_kpi_half_hour as
from half_hour.main.fct_kpi_half_hour;

create table dim_scope as
with seen as (
    select distinct scope_kind, scope_id from own_value
    union all
    from wide.main.wide_scope
)

select scope.* replace (
    case when (scope.parent_scope_kind, scope.parent_scope_id) in (select (scope_kind, scope_id) from seen)
        then scope.parent_scope_id end as parent_scope_id
)
from published.scorecard.dim_scope as scope
semi join seen on scope.scope_kind = seen.scope_kind and scope.scope_id = seen.scope_id;

create table dim_kpi_target as
select target.*
from published.scorecard.dim_kpi_target as target
where target.scope_kind = 'default'
    or (target.scope_kind, target.scope_id) in (select (scope_kind, scope_id) from dim_scope);

-- What the whole centre was is a value of people outside: of baselines an audience is told its own scopes' only.
create table fct_target_baseline as
select baseline.*
from published.scorecard.fct_target_baseline as baseline
semi join memory.scorecard.own_value as own
    on baseline.scope_kind = own.scope_kind and baseline.scope_id = own.scope_id;
