-- Which scopes hide what another one hides: what one channel hides would be the centre less the others. A scope hides with
-- companions such that work can be thought moved from a strand of its own to another strand, and no other scope would show
-- it: those that have one of the two strands, and not both. Every KPI has a strand to move to that it is measured in; where
-- there is none, the centre is a companion in that KPI.

create temp table valued as
select measured_strand.kpi_id, strand.channel, strand.queue_id, strand_worth.*
from prepared.main.measured_strand as measured_strand
inner join prepared.main.strand as strand on measured_strand.strand_number = strand.strand_number
inner join strand_worth on measured_strand.strand_number = strand_worth.strand_number;

-- Its own strand is one in which a scope has people outside on many of the days.
create temp table own_strand as
select measured.scope_kind, measured.scope_id, valued.*
from prepared.main.measured as measured
inner join valued
    on measured.kpi_id = valued.kpi_id
    and case measured.scope_kind
        when 'centre' then true
        when 'channel' then valued.channel = measured.scope_id
        else valued.queue_id = measured.scope_id
    end
qualify valued.days * 2 >= max(valued.days) over (partition by measured.kpi_id, measured.scope_kind, measured.scope_id);

-- The other one is such that it serves most KPIs, so that few scopes are companions, that it has people outside on as many
-- days, since where there are seldom any a reader may guess that there are none, and that companions have the least to lose.
create temp table pair as
with candidate as (
    select
        own.*,
        other.channel as other_channel,
        other.queue_id as other_queue_id,
        other.strand_number as other_number,
        other.days * 2 < own.days as is_seldom,
        if(own.channel = other.channel, 0, own.channel_worth + other.channel_worth)
        + if(own.queue_id is not distinct from other.queue_id, 0, own.queue_worth + other.queue_worth) as cost,
        count(other.strand_number) over (
            partition by own.scope_kind, own.scope_id, own.strand_number, other.strand_number
        ) as kpis
    from own_strand as own
    left join valued as other
        on own.kpi_id = other.kpi_id
        and (other.days > 0 or own.days = 0)
        and case own.scope_kind
            when 'centre' then false
            when 'channel' then own.channel != other.channel
            else own.queue_id is distinct from other.queue_id
        end
)

select
    *,
    other_number is null as is_alone,
    is_alone or other_channel != channel as has_other_channel,
    is_alone or other_queue_id is distinct from queue_id as has_other_queue
from candidate
qualify row_number() over (
    partition by kpi_id, scope_kind, scope_id
    order by other_number is null, kpis desc, is_seldom, cost, days desc, strand_number, other_number
) = 1;

-- `hides_kind` and `hides_id` hide what `scope_kind` and `scope_id` do; in one KPI, or in all.
create temp table companion as
with told as (
    select
        scope_kind, scope_id, kpi_id,
        unnest([
            if(has_other_channel, {kind: 'channel', id: channel}, null),
            if(has_other_channel, {kind: 'channel', id: other_channel}, null),
            if(has_other_queue, {kind: 'queue', id: queue_id}, null),
            if(has_other_queue, {kind: 'queue', id: other_queue_id}, null),
            if(is_alone, {kind: 'centre', id: 'centre'}, null)
        ]) as hides
    from pair
)

select distinct
    scope_kind, scope_id, hides.kind as hides_kind, hides.id as hides_id,
    if(hides.kind = 'centre', kpi_id, null) as kpi_id
from told
where hides.id is not null
union
select distinct scope_kind, scope_id, scope_kind, scope_id, null
from prepared.main.scope_day
union
-- What the owners of records hide is hidden of the centre, in the KPIs that are told of these records.
select measure, 'centre', 'centre', 'centre', kpi_id
from prepared.main.record_kpi;
