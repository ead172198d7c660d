-- On which days of which wide scopes somebody outside the audience was at work, and whether enough of them were. Looked at
-- are only scopes with a day of too few; of what was there beside many more people than the audience has, nobody is counted.

create temp table insider as
select agent_id from inside_day
union
select agent_id from inside_agent;

set variable many_people = getvariable('fewest_outside') + (select count(*) from insider);

-- A person's day is outside if neither it nor his own scorecard is shown.
create temp table outside as
select distinct presence.scope_kind, presence.scope_id, presence.agent_date, presence.agent_id
from prepared.main.presence as presence
anti join inside_day on presence.agent_id = inside_day.agent_id and presence.team_date = inside_day.agent_date
where presence.people < getvariable('many_people')
    and presence.agent_id not in (select agent_id from inside_agent);

create temp table outside_day as
select scope_kind, scope_id, agent_date, count(*) >= getvariable('fewest_outside') as has_enough
from outside
group by scope_kind, scope_id, agent_date;

-- What stands between a day and the next one: the dearest border.
create temp table stretch_day as
with day as (
    select scope_kind, scope_id, agent_date, true as has_enough
    from prepared.main.scope_day
    where people >= getvariable('many_people')
    union all
    from outside_day
),

followed as (
    select *, lead(agent_date) over (partition by scope_kind, scope_id order by agent_date) as next_date
    from day
    where (scope_kind, scope_id) in (select (scope_kind, scope_id) from outside_day where not has_enough)
)

select
    followed.scope_kind,
    followed.scope_id,
    followed.agent_date,
    any_value(followed.has_enough) as has_enough,
    max(border.kinds) as kinds_after,
    followed.next_date is not null as is_cut_after
from followed
left join prepared.main.border as border
    on followed.agent_date < border.border_date
    and followed.next_date >= border.border_date
group by followed.scope_kind, followed.scope_id, followed.agent_date, followed.next_date;
