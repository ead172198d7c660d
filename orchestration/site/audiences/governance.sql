-- What quality pages tell of the centre, as one audience may see it: its own teams whole. Of the centre months only, of which
-- its KPI is shown. A cause with one to four people outside is told together with others as `merged`, the smallest first,
-- until these have enough; where all together have too few, nothing is told.
create temp table centre_told as
select 'severe_error' as part_kind, 'severe_error_rate' as kpi_id
union all
select 'general_error', 'general_error_rate'
union all
select unnest(['cause', 'kind', 'leaf', 'topic']), 'complaint_rate';

create temp table cause_here as
select
    cause_person.*,
    cause_person.agent_id is not null
    and inside_day.agent_id is null
    and cause_person.agent_id not in (from inside_agent) as is_outside
from prepared.main.cause_person as cause_person
inner join centre_told on cause_person.part_kind = centre_told.part_kind
semi join (from wide.main.wide_value where scope_kind = 'centre' and period_kind = 'month') as shown
    on centre_told.kpi_id = shown.kpi_id and cause_person.period_start = shown.period_start
left join inside_day
    on cause_person.agent_id = inside_day.agent_id and cause_person.agent_date = inside_day.agent_date;

create temp table cause_place as
with cell as (
    select
        part_kind, parent, period_start, part_id, sum(received) as received,
        count(distinct agent_id) filter (is_outside) between 1 and getvariable('fewest_outside') - 1 as is_few
    from cause_here
    group by part_kind, parent, period_start, part_id
)

select
    *,
    row_number() over (
        partition by part_kind, parent, period_start order by is_few desc, received, part_id desc
    ) as place,
    count(*) filter (is_few) over (partition by part_kind, parent, period_start) as few
from cell;

-- A person counts where he comes first, so that one who is behind several causes is one.
create temp table cause_merged as
with first_place as (
    select cause_place.part_kind, cause_place.parent, cause_place.period_start, here.agent_id, min(place) as place
    from cause_here as here
    inner join cause_place using (part_kind, parent, period_start, part_id)
    where here.is_outside
    group by all
),

so_far as (
    select cause_place.part_kind, cause_place.parent, cause_place.period_start, cause_place.place, cause_place.few,
        count(first_place.agent_id) as people
    from cause_place
    left join first_place
        on cause_place.part_kind = first_place.part_kind
        and cause_place.parent = first_place.parent
        and cause_place.period_start = first_place.period_start
        and cause_place.place >= first_place.place
    group by all
)

select part_kind, parent, period_start, any_value(few) as few,
    min(place) filter (place >= few and people >= getvariable('fewest_outside')) as until_place
from so_far
group by part_kind, parent, period_start;

create temp table cause_shown as
select
    cause_place.part_kind, cause_place.parent, cause_place.period_start, cause_place.part_id,
    cause_merged.few > 0 and cause_place.place <= cause_merged.until_place as is_merged,
    if(
        cause_merged.few > 0 and cause_place.place <= cause_merged.until_place,
        concat_ws('.', nullif(cause_place.parent, ''), 'merged'),
        cause_place.part_id
    ) as told_id
from cause_place
inner join cause_merged using (part_kind, parent, period_start)
where cause_merged.few = 0 or cause_merged.until_place is not null;

-- What is below is told of what is told by its own name.
create temp table cause_open as
with kind as (
    select kind.*
    from cause_shown as kind
    semi join cause_shown as cause
        on cause.part_kind = 'cause'
        and kind.parent = cause.part_id
        and kind.period_start = cause.period_start
        and not cause.is_merged
    where kind.part_kind = 'kind'
)

from cause_shown
where parent = ''
union all
from kind
union all
select leaf.*
from cause_shown as leaf
semi join kind on leaf.parent = kind.part_id and leaf.period_start = kind.period_start and not kind.is_merged
where leaf.part_kind = 'leaf';

create temp table cause_of_centre as
select
    part_kind, period_start, told_id, bool_or(cause_open.is_merged) as is_merged, sum(received)::bigint as received,
    sum(decided)::bigint as decided, sum(upheld)::bigint as upheld, sum(pending)::bigint as pending,
    count(distinct agent_id) as people
from cause_here
inner join cause_open using (part_kind, parent, period_start, part_id)
group by part_kind, period_start, told_id;

create table fct_complaint_part as
select part.*
from published.scorecard.fct_complaint_part as part
where scope_kind = 'team' and scope_id in (from inside_team)
union all by name
select
    'centre' as scope_kind, 'centre' as scope_id, 'month' as period_kind, period_start, part_kind, told_id as part_id, received,
    if(decided_month.period_start is null, null, decided) as decided,
    if(decided_month.period_start is null, null, upheld) as upheld,
    if(decided_month.period_start is null, null, pending) as pending,
    people
from cause_of_centre
-- What was decided is told of where the rates of it are: those whose complaints were are fewer.
left join (
    select period_start
    from wide.main.wide_value
    where scope_kind = 'centre' and period_kind = 'month' and kpi_id in ('complaint_upheld_rate', 'complaints_pending')
    group by period_start
    having count(*) = 2
) as decided_month using (period_start)
where part_kind in ('cause', 'kind', 'leaf', 'topic');

create table fct_cause_pareto as
with told as (
    select
        of_centre.part_kind as family, of_centre.period_start, of_centre.told_id as cause, of_centre.received as events,
        of_centre.people, of_centre.is_merged or coalesce(pareto.is_other, false) as is_other,
        coalesce(pareto.is_vital_few, false) as is_vital_few, coalesce(pareto.is_tied, false) as is_tied,
        coalesce(pareto.plan_ids, []) as plan_ids
    from cause_of_centre as of_centre
    left join published.scorecard.fct_cause_pareto as pareto
        on pareto.scope_kind = 'centre'
        and pareto.period_kind = 'month'
        and of_centre.part_kind = pareto.family
        and of_centre.period_start = pareto.period_start
        and of_centre.told_id = pareto.cause
    where of_centre.part_kind in ('severe_error', 'general_error')
),

lined_up as (
    select *, row_number() over so_far as position, sum(events) over so_far as cumulative,
        sum(events) over (partition by family, period_start) as total
    from told
    window so_far as (
        partition by family, period_start order by is_other, events desc, cause
        rows between unbounded preceding and current row
    )
)

from published.scorecard.fct_cause_pareto
-- Why somebody left is told to those who see all.
where scope_kind = 'team' and scope_id in (from inside_team) and family != 'leave_reason'
union all by name
select
    family, 'centre' as scope_kind, 'centre' as scope_id, 'month' as period_kind, period_start, cause, events::bigint as events,
    total::bigint as total, events / total as share, cumulative / total as cumulative_share, position, is_other,
    is_vital_few, is_tied, not bool_or(is_vital_few) over (partition by family, period_start) as is_other_too_large, people,
    total >= 30 as is_enough, plan_ids
from lined_up;

-- Of the centre, what was added between two publications would tell of whoever it was added for.
create table fct_cumulative_impact as
from published.scorecard.fct_cumulative_impact
where scope_kind = 'team' and scope_id in (from inside_team);

-- A plan of the centre is known to all; its numbers, of any two windows, and those of the rest of the centre are not. Of persons
-- those of own agents are told, and none of leaders.
create table fct_plan_effect as
select * replace (
    if(owner_id in (from inside_agent), owner_id, null) as owner_id,
    null::double as elsewhere_before,
    null::double as elsewhere_after
)
from published.scorecard.fct_plan_effect
where kind not in ('leader_onboarding', 'leader_development') and (
    (scope_kind = 'team' and scope_id in (from inside_team) and (
        subject_kind != 'person' or subject_id in (from inside_agent)
    ))
    or (scope_kind = 'agent' and scope_id in (from inside_agent))
)
union all by name
select * replace (
    if(owner_id in (from inside_agent), owner_id, null) as owner_id,
    null::bigint as minutes,
    null::decimal(18, 4) as before_numerator,
    null::decimal(18, 4) as before_denominator,
    null::double as before_rate,
    null::decimal(18, 4) as after_numerator,
    null::decimal(18, 4) as after_denominator,
    null::double as after_rate,
    null::double as change,
    null::double as ci_lower,
    null::double as ci_upper,
    null::double as elsewhere_before,
    null::double as elsewhere_after
)
from published.scorecard.fct_plan_effect
where scope_kind = 'centre' and (subject_kind != 'person' or subject_id in (from inside_agent))
    and kind not in ('leader_onboarding', 'leader_development');

-- Whom own agents and teams served. To an agent, of his team the months in which enough others are behind each share of a kind: from
-- the shares that are told the one that is not could be worked out.
create table fct_case_mix as
from published.scorecard.fct_case_mix
where (scope_kind = 'agent' and scope_id in (from inside_agent))
    or (scope_kind = 'team' and scope_id in (from inside_team))
union all by name
(
    select team.*
    from published.scorecard.fct_case_mix as team
    inner join published.scorecard.dim_scope as himself
        on himself.scope_kind = 'agent' and himself.scope_id = getvariable('audience_id') and team.scope_id = himself.team_id
    left join published.scorecard.fct_case_mix as own
        on own.scope_kind = 'agent'
        and own.scope_id = himself.scope_id
        and team.period_kind = own.period_kind
        and team.period_start = own.period_start
        and team.mix_kind = own.mix_kind
        and team.mix_code = own.mix_code
    where getvariable('audience_scope') = 'agent' and team.scope_kind = 'team' and team.period_kind = 'month'
    qualify bool_and(team.people - coalesce(least(own.people, 1), 0) >= getvariable('fewest_outside'))
        over (partition by team.period_start, team.mix_kind)
);

-- How agents of the centre stand to each other is told to those who see them.
create table fct_praise_correlation as from published.scorecard.fct_praise_correlation where false;

-- What is to be signed, and how somebody was tested, go with the person.
create table fct_document_due as
from published.scorecard.fct_document_due
where agent_id in (from inside_agent);

create table fct_skill_test as
from published.scorecard.fct_skill_test
where agent_id in (from inside_agent);

-- People of the centre less those of the audience's own team in the same row, and less who moved into it. Of a single person
-- one is taken to be himself.
create temp table known_people as
select period_start, count(distinct reviewed.agent_id) as people
from prepared.main.reviewed as reviewed
anti join inside_day on reviewed.agent_id = inside_day.agent_id and reviewed.agent_date = inside_day.agent_date
where reviewed.agent_id in (from inside_agent)
group by period_start;

create temp table shown_month as
select distinct period_start
from wide.main.wide_value
where scope_kind = 'centre' and period_kind = 'month' and kpi_id = 'quality_pass_rate';

create temp table own_root as
select getvariable('audience_id') as team_id
where getvariable('audience_scope') = 'team';

create table fct_rubric_item as
with shown as (
    select centre.*
    from published.scorecard.fct_rubric_item as centre
    semi join shown_month using (period_start)
    left join (
        from published.scorecard.fct_rubric_item where scope_kind = 'team' and scope_id in (from own_root)
    ) as own using (period_kind, period_start, item)
    left join known_people using (period_start)
    where centre.scope_kind = 'centre' and centre.period_kind = 'month' and (
        centre.agents = own.agents
        or centre.agents - coalesce(own.agents, 0) - coalesce(known_people.people, 0)
        - (getvariable('audience_scope') = 'agent')::integer >= getvariable('fewest_outside')
    )
)

from published.scorecard.fct_rubric_item
where scope_kind = 'team' and scope_id in (from inside_team)
union all by name
-- What was before is told where its own row is.
select shown.* replace (
    before.mean_share as mean_share_before,
    if(before.mean_share is null, null, shown.trend) as trend,
    row_number() over (partition by shown.period_start order by shown.position) as position
)
from shown
left join shown as before on shown.item = before.item and shown.period_start = before.period_end;

create table fct_training_need as
from published.scorecard.fct_training_need
where scope_kind = 'team' and scope_id in (from inside_team)
union all by name
select centre.* replace (
    []::varchar[] as case_codes,
    row_number() over (partition by centre.period_start, centre.is_check_more order by centre.position) as position
)
from published.scorecard.fct_training_need as centre
semi join shown_month using (period_start)
left join (
    from published.scorecard.fct_training_need where scope_kind = 'team' and scope_id in (from own_root)
) as own using (period_kind, period_start, knowledge_point)
left join known_people using (period_start)
where centre.scope_kind = 'centre' and centre.period_kind = 'month' and (
    centre.agents_checked = own.agents_checked
    or centre.agents_checked - coalesce(own.agents_checked, 0) - coalesce(known_people.people, 0)
    - (getvariable('audience_scope') = 'agent')::integer >= getvariable('fewest_outside')
);

-- A team has its own agents, an agent himself; what documents became is told of own teams alone.
create table fct_monitoring_list as
from published.scorecard.fct_monitoring_list
where scope_kind = 'team' and scope_id in (from inside_team)
union all by name
select * replace ('agent' as scope_kind, agent_id as scope_id)
from published.scorecard.fct_monitoring_list
where scope_kind = 'centre' and getvariable('audience_scope') = 'agent' and agent_id in (from inside_agent);

create table fct_document_cascade as
from published.scorecard.fct_document_cascade
where scope_kind = 'team' and scope_id in (from inside_team);

-- Of own teams, what their KPIs tell too. Leaders are few, and what teams are asked is no matter of one team's readers.
create table fct_balance as
from published.scorecard.fct_balance
where scope_kind = 'team' and scope_id in (from inside_team);

-- What was forecast is known to all. What came is told where the half-hours of the scope that are told add up to it.
create table fct_forecast_load as
with told as (
    select forecast.scope_kind, forecast.scope_id, forecast.starts_at, forecast.interval_minutes
    from published.scorecard.fct_forecast_load as forecast
    inner join fct_kpi_half_hour as half_hour
        on half_hour.kpi_id = 'contacts_received'
        and forecast.scope_kind = half_hour.scope_kind
        and forecast.scope_id = half_hour.scope_id
        and half_hour.half_hour_started_at >= forecast.starts_at
        and half_hour.half_hour_started_at < forecast.starts_at + to_minutes(forecast.interval_minutes)
    group by all
    having sum(half_hour.numerator) = any_value(forecast.received_contacts)
)

select forecast.* replace (
    if(told.starts_at is null, null, forecast.received_contacts) as received_contacts,
    if(told.starts_at is null, null, forecast.difference) as difference,
    null::decimal(18, 4) as forecast_absolute_error
)
from published.scorecard.fct_forecast_load as forecast
left join told
    on forecast.scope_kind = told.scope_kind
    and forecast.scope_id = told.scope_id
    and forecast.starts_at = told.starts_at
    and forecast.interval_minutes = told.interval_minutes
where (forecast.scope_kind, forecast.scope_id) in (select (scope_kind, scope_id) from dim_scope);

-- When nobody was planned is about nobody.
create table fct_open_half_hour as from published.scorecard.fct_open_half_hour;

create table fct_leader_development as from published.scorecard.fct_leader_development where false;
create table fct_audition as from published.scorecard.fct_audition where false;
create table fct_effort_record as from published.scorecard.fct_effort_record where false;
create table fct_exit_reason as from published.scorecard.fct_exit_reason where false;
create table fct_team_record as from published.scorecard.fct_team_record where false;

-- Of the bulletin own teams, and in them those who belong to the audience then and now; a single person has his own place in
-- the smallest of his teams.
create table fct_bulletin_rank as
with inside as (
    select rank.*
    from published.scorecard.fct_bulletin_rank as rank
    semi join inside_day on rank.agent_id = inside_day.agent_id and rank.local_date = inside_day.agent_date
    where rank.scope_kind = 'team' and rank.agent_id in (from inside_agent)
)

from published.scorecard.fct_bulletin_rank
where scope_kind = 'team' and scope_id in (from inside_team) and agent_id is null
union all by name
from inside
where scope_id in (from inside_team)
union all by name
select * replace ('agent' as scope_kind, agent_id as scope_id)
from inside
where getvariable('audience_scope') = 'agent'
qualify row_number() over (partition by edition, local_date, agent_id order by places, scope_id) = 1;

-- What is told to whom is a matter between him and the sender.
create table fct_notice as from published.scorecard.fct_notice where false;
create table fct_notice_delivery as from published.scorecard.fct_notice_delivery where false;
