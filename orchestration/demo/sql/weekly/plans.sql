-- Each plan when it begins, and again when it is done.
select
    plan_id,
    kind,
    subject_kind,
    subject_id,
    if(improved_agent_id is null, 'centre', 'agent') as scope_kind,
    improved_agent_id as scope_id,
    kpi_id,
    owner_id,
    baseline_from::varchar as baseline_from,
    starts_on::varchar as baseline_to,
    starts_on::varchar as starts_on,
    due_on::varchar as due_on,
    if(is_closed, closed_on, null)::varchar as closed_on,
    if(is_closed, 'done', 'open') as state
from (select *, coalesce(closed_on <= getvariable('day')::date, false) as is_closed from plan) as known
where starts_on between getvariable('week_from')::date and getvariable('day')::date
    or closed_on between getvariable('week_from')::date and getvariable('day')::date
order by plan_id
