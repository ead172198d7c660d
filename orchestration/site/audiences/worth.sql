-- What the choice of companions goes by: on how many days somebody outside worked in each strand, and what each scope has to
-- lose, which are its days less the borders that it does not tell anyway.

create temp table strand_worth as
with inside as (
    select presence.strand_number, presence.agent_date, count(*) as people
    from prepared.main.strand_presence as presence
    left join inside_day on presence.agent_id = inside_day.agent_id and presence.agent_date = inside_day.agent_date
    where presence.agent_id in (select agent_id from insider)
        and (inside_day.agent_id is not null or presence.agent_id in (select agent_id from inside_agent))
    group by presence.strand_number, presence.agent_date
),

outside_days as (
    select strand_day.strand_number, count(*) as days
    from prepared.main.strand_day as strand_day
    left join inside
        on strand_day.strand_number = inside.strand_number and strand_day.agent_date = inside.agent_date
    where strand_day.people > coalesce(inside.people, 0)
    group by strand_day.strand_number
),

lost as (
    select scope_kind, scope_id, sum(last_date - first_date) as borders
    from stretch
    group by scope_kind, scope_id
),

worth as (
    select scope_day.scope_kind, scope_day.scope_id, greatest(count(*) - coalesce(any_value(lost.borders), 0), 0) as days
    from prepared.main.scope_day as scope_day
    left join lost on scope_day.scope_kind = lost.scope_kind and scope_day.scope_id = lost.scope_id
    group by scope_day.scope_kind, scope_day.scope_id
)

select
    strand.strand_number,
    coalesce(outside_days.days, 0) as days,
    coalesce(of_channel.days, 0)::bigint as channel_worth,
    coalesce(of_queue.days, 0)::bigint as queue_worth
from prepared.main.strand as strand
left join outside_days on strand.strand_number = outside_days.strand_number
left join worth as of_channel on of_channel.scope_kind = 'channel' and strand.channel = of_channel.scope_id
left join worth as of_queue on of_queue.scope_kind = 'queue' and strand.queue_id = of_queue.scope_id;
