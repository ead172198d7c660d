-- The published tables as one audience may see them, from what audience_prepared.sql made for all. Every table that
-- reports/sources reads is made here and in audience_scopes.sql, so that none of them can be read past the audience.

create table memory.main.place as from prepared.main.place;

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
from prepared.main.bridge_agent_team_day
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

-- People of the audience by wide scope and period: those who were there on days inside only. As in wide_people, a person
-- counts by the first of his days in a period; one with a day outside is taken off again.
create temp table insider_first_day as
with present as (
    select presence.*, inside_day.agent_id is null as is_outside
    from prepared.main.presence as presence
    left join inside_day on presence.agent_id = inside_day.agent_id and presence.agent_date = inside_day.agent_date
    where presence.agent_id in (select agent_id from inside_day)
),

counted as (
    select scope_kind, scope_id, previous_date, agent_date, 1 as people
    from present
    union all
    select
        scope_kind,
        scope_id,
        lag(agent_date) over (partition by scope_kind, scope_id, agent_id order by agent_date) as previous_date,
        agent_date,
        -1 as people
    from present
    where is_outside
)

select scope_kind, scope_id, previous_date, agent_date, sum(people)::bigint as people
from counted
group by scope_kind, scope_id, previous_date, agent_date;

-- Where so many more people were there than the audience has, the count outside is high enough without a look.
create temp table questionable as
select *
from prepared.main.wide_people
where people < getvariable('fewest_outside') + (select count(distinct agent_id) from inside_day);

create temp table hidden_period as
with insider as (
    select
        questionable.scope_kind,
        questionable.scope_id,
        questionable.period_kind,
        questionable.period_start,
        sum(first_day.people)::bigint as people
    from questionable
    inner join insider_first_day as first_day
        on questionable.scope_kind = first_day.scope_kind
        and questionable.scope_id = first_day.scope_id
        and first_day.agent_date >= questionable.period_start
        and first_day.agent_date < questionable.period_end
        and (first_day.previous_date is null or first_day.previous_date < questionable.period_start)
    group by questionable.scope_kind, questionable.scope_id, questionable.period_kind, questionable.period_start
)

select questionable.scope_kind, questionable.scope_id, questionable.period_kind, questionable.period_start
from questionable
left join insider
    on questionable.scope_kind = insider.scope_kind
    and questionable.scope_id = insider.scope_id
    and questionable.period_kind = insider.period_kind
    and questionable.period_start = insider.period_start
where questionable.people - coalesce(insider.people, 0) between 1 and getvariable('fewest_outside') - 1;

create temp table inside_scope as
select 'agent' as scope_kind, agent_id as scope_id
from inside_agent
union all
select 'team', team_id
from inside_team
union all
select scope_kind, scope_id
from published.scorecard.dim_scope
where scope_kind = 'team_channel' and split_part(scope_id, '|', 1) in (from inside_team);

create table own_value as
from prepared.main.own_value
semi join inside_scope using (scope_kind, scope_id);

create table dim_kpi as from published.scorecard.dim_kpi;
create table dim_kpi_action as from published.scorecard.dim_kpi_action;
create table dim_measure as from published.scorecard.dim_measure;

create table fct_contact_leg as
select leg.*
from prepared.main.fct_contact_leg as leg
semi join inside_day on leg.agent_id = inside_day.agent_id and leg.agent_date = inside_day.agent_date
where leg.agent_id in (from inside_agent);

create table fct_agent_offer as
select offer.*
from prepared.main.fct_agent_offer as offer
semi join inside_day on offer.agent_id = inside_day.agent_id and offer.agent_date = inside_day.agent_date
where offer.agent_id in (from inside_agent);

create table fct_agent_day as
select agent_day.*
from prepared.main.fct_agent_day as agent_day
semi join inside_day on agent_day.agent_id = inside_day.agent_id and agent_day.agent_date = inside_day.agent_date
where agent_day.agent_id in (from inside_agent);

create table bridge_agent_team_day as
select bridge.*
from prepared.main.bridge_agent_team_day as bridge
semi join inside_day on bridge.agent_id = inside_day.agent_id and bridge.agent_date = inside_day.agent_date
where bridge.team_id in (from inside_team) and bridge.agent_id in (from inside_agent);

create table fct_rating as
select rating.*
from prepared.main.fct_rating as rating
semi join inside_day on rating.agent_id = inside_day.agent_id and rating.agent_date = inside_day.agent_date
where rating.agent_id in (from inside_agent);

-- Who reviewed is a person of another team.
create table fct_quality_review as
select review.* replace (null::varchar as reviewer_id)
from prepared.main.fct_quality_review as review
semi join inside_day on review.agent_id = inside_day.agent_id and review.agent_date = inside_day.agent_date
where review.agent_id in (from inside_agent);

-- Contacts and queue visits pass through many hands: not shown.
create table fct_contact as from published.scorecard.fct_contact where false;
create table fct_queue_visit as from published.scorecard.fct_queue_visit where false;

-- As with periods: which half-hours are the work of too few people outside. A person is inside whose work in it is, all of it.
create temp table hidden_half_hour as
with questionable_half_hour as (
    select *
    from prepared.main.half_hour_people
    where people < getvariable('fewest_outside') + (select count(distinct agent_id) from inside_day)
),

insider as (
    select work.basis, work.scope_kind, work.scope_id, work.half_hour_started_at, work.agent_id
    from prepared.main.half_hour_work as work
    semi join questionable_half_hour
        on work.basis = questionable_half_hour.basis
        and work.scope_kind = questionable_half_hour.scope_kind
        and work.scope_id = questionable_half_hour.scope_id
        and work.half_hour_started_at = questionable_half_hour.half_hour_started_at
    left join inside_day on work.agent_id = inside_day.agent_id and work.agent_date = inside_day.agent_date
    where work.agent_id in (select agent_id from inside_day)
    group by work.basis, work.scope_kind, work.scope_id, work.half_hour_started_at, work.agent_id
    having count(*) = count(inside_day.agent_id)
),

insiders as (
    select basis, scope_kind, scope_id, half_hour_started_at, count(*) as people
    from insider
    group by basis, scope_kind, scope_id, half_hour_started_at
)

select distinct half_hour.scope_kind, half_hour.scope_id, half_hour.half_hour_started_at
from questionable_half_hour as half_hour
left join insiders
    on half_hour.basis = insiders.basis
    and half_hour.scope_kind = insiders.scope_kind
    and half_hour.scope_id = insiders.scope_id
    and half_hour.half_hour_started_at = insiders.half_hour_started_at
where half_hour.people - coalesce(insiders.people, 0) between 1 and getvariable('fewest_outside') - 1;

create table fct_quarantine as from published.scorecard.fct_quarantine where false;
create table fct_feed_reconciliation as from published.scorecard.fct_feed_reconciliation where false;
-- How fresh each source is, and nothing else of its files: names and remarks are for those who mend them.
create table fct_file as
select
    source_id,
    landing_day,
    taken_at,
    state,
    last_at
from published.scorecard.fct_file;
