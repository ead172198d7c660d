-- Which half-hours of wide scopes an audience does not see, in all KPIs or, where kpi_id is given, in one: those that are the
-- work of too few people outside, by whichever basis, and what they would follow from. A person is inside whose work in it is,
-- all of it.
create temp table few_half_hour as
with questionable as (
    select *
    from prepared.main.half_hour_people
    where people < getvariable('many_people')
),

insider_work as (
    select work.basis, work.scope_kind, work.scope_id, work.half_hour_started_at, work.agent_id
    from prepared.main.half_hour_work as work
    semi join questionable
        on work.basis = questionable.basis
        and work.scope_kind = questionable.scope_kind
        and work.scope_id = questionable.scope_id
        and work.half_hour_started_at = questionable.half_hour_started_at
    left join inside_day on work.agent_id = inside_day.agent_id and work.agent_date = inside_day.agent_date
    where work.agent_id in (select agent_id from insider)
    group by work.basis, work.scope_kind, work.scope_id, work.half_hour_started_at, work.agent_id
    having count(*) = count(inside_day.agent_id) or work.agent_id in (select agent_id from inside_agent)
),

insiders as (
    select basis, scope_kind, scope_id, half_hour_started_at, count(*) as people
    from insider_work
    group by basis, scope_kind, scope_id, half_hour_started_at
)

select distinct half_hour.scope_kind, half_hour.scope_id, half_hour.half_hour_started_at
from questionable as half_hour
left join insiders
    on half_hour.basis = insiders.basis
    and half_hour.scope_kind = insiders.scope_kind
    and half_hour.scope_id = insiders.scope_id
    and half_hour.half_hour_started_at = insiders.half_hour_started_at
where half_hour.people - coalesce(insiders.people, 0) between 1 and getvariable('fewest_outside') - 1;

create temp table hidden_half_hour as
with slot as (
    select
        half_hour.*,
        few.scope_id is not null as is_few,
        row_number() over (
            partition by half_hour.scope_kind, half_hour.scope_id, half_hour.local_date
            order by half_hour.half_hour_started_at desc
        ) as number_from_last
    from prepared.main.half_hour_slot as half_hour
    left join few_half_hour as few
        on half_hour.scope_kind = few.scope_kind
        and half_hour.scope_id = few.scope_id
        and half_hour.half_hour_started_at = few.half_hour_started_at
),

beside as (
    select
        *,
        count(*) filter (where is_few) over (partition by scope_kind, scope_id, local_date) = 1 as is_alone_in_day,
        lag(is_few, 1, false) over in_day as is_after_few,
        lead(is_few, 1, false) over in_day and number_from_last = 2 as is_before_last_few
    from slot
    window in_day as (partition by scope_kind, scope_id, local_date order by half_hour_started_at)
),

hidden as (
    select scope_kind, scope_id, half_hour_started_at
    from beside
    where is_few or (is_alone_in_day and (is_after_few or is_before_last_few))
)

select companion.hides_kind as scope_kind, companion.hides_id as scope_id, companion.kpi_id, hidden.half_hour_started_at
from hidden
inner join companion on hidden.scope_kind = companion.scope_kind and hidden.scope_id = companion.scope_id
union
select slot.scope_kind, slot.scope_id, hidden_period.kpi_id, slot.half_hour_started_at
from slot
inner join hidden_period
    on slot.scope_kind = hidden_period.scope_kind
    and slot.scope_id = hidden_period.scope_id
    and slot.local_date = hidden_period.period_start
    and hidden_period.period_kind = 'day';
