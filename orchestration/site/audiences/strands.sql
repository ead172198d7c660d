-- What wide scopes are made of, made once for all audiences: strands, the contacts of one channel in one queue. The centre is
-- all of them, a channel or a queue those that bear its name.

create table prepared.main.strand as
select row_number() over (order by channel, queue_id) as strand_number, channel, queue_id
from (
    select distinct channel, queue_id
    from published.scorecard.fct_contact_leg
    where agent_id is not null
);

-- In the order of agents, since an audience looks for its own people.
create table prepared.main.strand_presence as
select distinct strand.strand_number, leg.agent_id, leg.agent_date
from published.scorecard.fct_contact_leg as leg
inner join prepared.main.strand as strand
    on leg.channel = strand.channel and leg.queue_id is not distinct from strand.queue_id
where leg.agent_id is not null
order by leg.agent_id;

create table prepared.main.strand_day as
select strand_number, agent_date, count(*) as people
from prepared.main.strand_presence
group by strand_number, agent_date;

create table prepared.main.measured as
select distinct kpi_id, scope_kind, scope_id
from prepared.main.wide_value
where numerator is not null;

-- In which strands a KPI can have anything at all.
create table prepared.main.measured_strand as
with kinds as (
    select kpi_id, bool_or(scope_kind = 'channel') as has_channels, bool_or(scope_kind = 'queue') as has_queues
    from prepared.main.measured
    group by kpi_id
)

select kinds.kpi_id, strand.strand_number
from kinds
cross join prepared.main.strand as strand
left join prepared.main.measured as channel
    on kinds.kpi_id = channel.kpi_id and channel.scope_kind = 'channel' and strand.channel = channel.scope_id
left join prepared.main.measured as queue
    on kinds.kpi_id = queue.kpi_id and queue.scope_kind = 'queue' and strand.queue_id = queue.scope_id
where (channel.kpi_id is not null or not kinds.has_channels)
    and (queue.kpi_id is not null or strand.queue_id is null or not kinds.has_queues)
    and (kinds.has_channels or kinds.has_queues);
