-- The published tables as one audience may see them. Every table that reports/sources reads is made here, so that
-- none of them can be read past the audience.

create temp table inside_team as
with recursive tree as (
    select scope_id as team_id
    from published.scorecard.dim_scope
    where getvariable('audience_scope') = 'team' and scope_kind = 'team' and scope_id = getvariable('audience_id')
    union
    select child.scope_id
    from published.scorecard.dim_scope as child
    inner join tree on child.parent_scope_kind = 'team' and child.parent_scope_id = tree.team_id
    where child.scope_kind = 'team'
)
select team_id from tree;

-- On which days a person belongs to the audience: who moves to another team takes only the later days along.
create temp table inside_day as
select distinct agent_id, agent_date
from published.scorecard.bridge_agent_team_day
where (getvariable('audience_scope') = 'team' and team_id in (from inside_team))
    or (getvariable('audience_scope') = 'agent' and agent_id = getvariable('audience_id'));

-- A person's own scorecard is shown to the team that he is in now, or was in last.
create temp table inside_agent as
select scope_id as agent_id
from published.scorecard.dim_scope
where scope_kind = 'agent' and (
    (getvariable('audience_scope') = 'team' and team_id in (from inside_team))
    or (getvariable('audience_scope') = 'agent' and scope_id = getvariable('audience_id'))
);

create temp table presence as
select 'centre' as scope_kind, 'centre' as scope_id, agent_id, agent_date
from published.scorecard.bridge_agent_team_day
union
select 'team', team_id, agent_id, agent_date
from published.scorecard.bridge_agent_team_day
union
select 'channel', channel, agent_id, agent_date
from published.scorecard.fct_contact_leg
where agent_id is not null
union
select 'queue', queue_id, agent_id, agent_date
from published.scorecard.fct_contact_leg
where agent_id is not null;

create temp table period as
select distinct period_kind, period_start, period_end
from published.scorecard.fct_kpi_value
where scope_kind = 'centre';

-- People outside the audience, per wide scope and period.
create temp table wide_period as
select
    presence.scope_kind,
    presence.scope_id,
    period.period_kind,
    period.period_start,
    count(distinct presence.agent_id) filter (inside_day.agent_id is null) as people_outside
from presence
inner join period
    on presence.agent_date >= period.period_start and presence.agent_date < period.period_end
left join inside_day on presence.agent_id = inside_day.agent_id and presence.agent_date = inside_day.agent_date
where not (presence.scope_kind = 'team' and presence.scope_id in (from inside_team))
group by presence.scope_kind, presence.scope_id, period.period_kind, period.period_start
having people_outside = 0 or people_outside >= getvariable('fewest_outside');

create table fct_kpi_value as
select kpi_value.*
from published.scorecard.fct_kpi_value as kpi_value
where (kpi_value.scope_kind = 'agent' and kpi_value.scope_id in (from inside_agent))
    or (kpi_value.scope_kind = 'team' and kpi_value.scope_id in (from inside_team))
    or (
        kpi_value.scope_kind = 'team_channel'
        and split_part(kpi_value.scope_id, '|', 1) in (from inside_team)
    )
union all
select kpi_value.*
from published.scorecard.fct_kpi_value as kpi_value
semi join wide_period
    on kpi_value.scope_kind = wide_period.scope_kind
    and kpi_value.scope_id = wide_period.scope_id
    and kpi_value.period_kind = wide_period.period_kind
    and kpi_value.period_start = wide_period.period_start
where kpi_value.scope_kind in ('centre', 'channel', 'queue')
    -- Largest and smallest values are values of one person.
    and kpi_value.kpi_id not in (select kpi_id from published.scorecard.dim_kpi where method = 'peak');

create table dim_scope as
with seen as (
    select distinct scope_kind, scope_id from fct_kpi_value
)
select scope.* replace (
    case when (scope.parent_scope_kind, scope.parent_scope_id) in (select (scope_kind, scope_id) from seen)
        then scope.parent_scope_id end as parent_scope_id
)
from published.scorecard.dim_scope as scope
semi join seen on scope.scope_kind = seen.scope_kind and scope.scope_id = seen.scope_id;

create table dim_kpi as from published.scorecard.dim_kpi;
create table dim_kpi_action as from published.scorecard.dim_kpi_action;
create table dim_measure as from published.scorecard.dim_measure;

create table dim_kpi_target as
select target.*
from published.scorecard.dim_kpi_target as target
where target.scope_kind = 'default'
    or (target.scope_kind, target.scope_id) in (select (scope_kind, scope_id) from dim_scope);

create table fct_contact_leg as
select leg.*
from published.scorecard.fct_contact_leg as leg
semi join inside_day on leg.agent_id = inside_day.agent_id and leg.agent_date = inside_day.agent_date
where leg.agent_id in (from inside_agent);

create table fct_agent_offer as
select offer.*
from published.scorecard.fct_agent_offer as offer
semi join inside_day on offer.agent_id = inside_day.agent_id and offer.agent_date = inside_day.agent_date
where offer.agent_id in (from inside_agent);

create table fct_agent_day as
select agent_day.*
from published.scorecard.fct_agent_day as agent_day
semi join inside_day on agent_day.agent_id = inside_day.agent_id and agent_day.agent_date = inside_day.agent_date
where agent_day.agent_id in (from inside_agent);

create table bridge_agent_team_day as
select bridge.*
from published.scorecard.bridge_agent_team_day as bridge
semi join inside_day on bridge.agent_id = inside_day.agent_id and bridge.agent_date = inside_day.agent_date
where bridge.team_id in (from inside_team) and bridge.agent_id in (from inside_agent);

create table fct_rating as
select rating.*
from published.scorecard.fct_rating as rating
semi join inside_day on rating.agent_id = inside_day.agent_id and rating.agent_date = inside_day.agent_date
where rating.agent_id in (from inside_agent);

-- Who reviewed is a person of another team.
create table fct_quality_review as
select review.* replace (null::varchar as reviewer_id)
from published.scorecard.fct_quality_review as review
semi join inside_day on review.agent_id = inside_day.agent_id and review.agent_date = inside_day.agent_date
where review.agent_id in (from inside_agent);

-- Contacts and queue visits pass through many hands: not shown.
create table fct_contact as from published.scorecard.fct_contact where false;
create table fct_queue_visit as from published.scorecard.fct_queue_visit where false;

-- Whose work a half-hour of a wide scope is made of: who took a contact, or had one, in it.
create temp table half_hour as
select distinct scope_kind, scope_id, local_date, half_hour_started_at
from published.scorecard.fct_kpi_half_hour
where scope_kind in ('centre', 'channel', 'queue');

create temp table half_hour_leg as
select leg.channel, leg.queue_id, leg.agent_id, leg.agent_date, half_hour.half_hour_started_at
from published.scorecard.fct_contact_leg as leg
inner join (select distinct half_hour_started_at from half_hour) as half_hour
    on leg.connected_at < half_hour.half_hour_started_at + interval 30 minute
    and coalesce(leg.ended_at, leg.connected_at) >= half_hour.half_hour_started_at
where leg.agent_id is not null and leg.contact_date >= (select min(local_date) - 1 from half_hour);

create temp table wide_half_hour as
with worked as (
    select 'centre' as scope_kind, 'centre' as scope_id, * from half_hour_leg
    union all
    select 'channel', channel, * from half_hour_leg
    union all
    select 'queue', queue_id, * from half_hour_leg
)

select worked.scope_kind, worked.scope_id, worked.half_hour_started_at
from worked
left join inside_day on worked.agent_id = inside_day.agent_id and worked.agent_date = inside_day.agent_date
group by worked.scope_kind, worked.scope_id, worked.half_hour_started_at
having count(distinct worked.agent_id) >= getvariable('fewest_outside')
    and count(distinct worked.agent_id) filter (inside_day.agent_id is null) not between 1 and getvariable('fewest_outside') - 1;

create table fct_kpi_half_hour as
select half_hour.*
from published.scorecard.fct_kpi_half_hour as half_hour
semi join wide_half_hour
    on half_hour.scope_kind = wide_half_hour.scope_kind
    and half_hour.scope_id = wide_half_hour.scope_id
    and half_hour.half_hour_started_at = wide_half_hour.half_hour_started_at
-- Largest values are values of one person.
where half_hour.kpi_id not in (select kpi_id from published.scorecard.dim_kpi where method = 'peak');

create table fct_quarantine as from published.scorecard.fct_quarantine where false;
create table fct_feed_reconciliation as from published.scorecard.fct_feed_reconciliation where false;
create table fct_file as from published.scorecard.fct_file;
