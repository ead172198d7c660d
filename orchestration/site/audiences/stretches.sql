-- Stretches of days between borders that are told, whether enough people outside were at work in each, and, where not, after
-- which day a border goes: the cheaper one of its two, so that the stretch is one with the next or the one before.
create or replace temp table stretch as
with numbered as (
    select
        *,
        coalesce(sum(is_cut_after::integer) over (
            partition by scope_kind, scope_id order by agent_date rows between unbounded preceding and 1 preceding
        ), 0) as stretch_number
    from stretch_day
),

counted as (
    select
        numbered.scope_kind,
        numbered.scope_id,
        min(numbered.agent_date) as first_date,
        max(numbered.agent_date) as last_date,
        bool_or(numbered.has_enough) or count(distinct outside.agent_id) >= getvariable('fewest_outside') as has_enough,
        max(numbered.kinds_after) filter (where numbered.is_cut_after) as kinds_after
    from numbered
    left join outside
        on numbered.scope_kind = outside.scope_kind
        and numbered.scope_id = outside.scope_id
        and numbered.agent_date = outside.agent_date
    group by numbered.scope_kind, numbered.scope_id, numbered.stretch_number
),

beside as (
    select
        *,
        lag(kinds_after) over in_order as kinds_before,
        lag(last_date) over in_order as last_date_before
    from counted
    window in_order as (partition by scope_kind, scope_id order by first_date)
)

select
    scope_kind,
    scope_id,
    first_date,
    last_date,
    has_enough,
    case
        when has_enough then null
        when kinds_before is null or kinds_after <= kinds_before then if(kinds_after is null, null, last_date)
        else last_date_before
    end as uncut_date
from beside;

update stretch_day
set is_cut_after = false
from stretch
where stretch_day.scope_kind = stretch.scope_kind
    and stretch_day.scope_id = stretch.scope_id
    and stretch_day.agent_date = stretch.uncut_date;
