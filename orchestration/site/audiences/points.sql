-- Points, contests and rewards as one audience may see them. Nobody is named in a group unless the policy says so: `own` names
-- nobody but the reader himself, `top_5` the first five of each group, `everybody` also all of the own team. What was found against
-- somebody is in nobody's hands but his own and those of the centre, so no ledger but his own is told.
create temp table own_agent as
select getvariable('audience_id') as agent_id
where getvariable('audience_scope') = 'agent';

create temp table own_home as
select team_id
from published.scorecard.dim_scope
where scope_kind = 'agent' and scope_id in (from own_agent)
union
from inside_team;

-- Of tenures those that somebody of the audience has in the window.
create temp table own_tenure as
select distinct peer_id, window_kind, window_start
from published.scorecard.fct_points_rank
where peer_kind = 'tenure_band' and agent_id in (from inside_agent);

create table fct_points_rank as
from published.scorecard.fct_points_rank
where agent_id in (from own_agent)
    or (
        (names = 'top_5' or names = 'everybody')
        and place <= 5
        and (peer_kind != 'team' or peer_id in (from own_home))
        and (peer_kind != 'tenure_band' or (peer_id, window_kind, window_start) in (
            select (peer_id, window_kind, window_start) from own_tenure
        ))
    )
    or (names = 'everybody' and peer_kind = 'team' and peer_id in (from own_home));

create table fct_points_entry as
select * replace (if(given_by in (from inside_agent), given_by, null) as given_by)
from published.scorecard.fct_points_entry
where agent_id in (from own_agent);

-- Of others the name and the place, and no number of theirs.
create table fct_contest_standing as
from published.scorecard.fct_contest_standing
where (scope_kind = 'agent' and scope_id in (from own_agent))
    or (scope_kind = 'team' and scope_id in (from inside_team))
union all by name
select * replace (
    null::decimal(18, 4) as numerator,
    null::decimal(18, 4) as denominator,
    null::bigint as n,
    null::double as value,
    null::double as ci_lower,
    null::double as ci_upper,
    null::double as judged_by
)
from published.scorecard.fct_contest_standing
where scope_kind = 'agent'
    and scope_id not in (from own_agent)
    and standing = 'ranked'
    and (
        (names in ('top_5', 'everybody') and place <= 5)
        or (names = 'everybody' and home_team_id in (from own_home))
    );

-- What was given is named to who leads the team, to colleagues where the policy of today names everybody of it; what waits or
-- was taken back to whom it is about.
create table fct_reward as
with own_team_agent as (
    select scope_id as agent_id
    from published.scorecard.dim_scope
    where scope_kind = 'agent'
        and team_id in (from own_home)
        and (
            select max_by(names, window_start) = 'everybody'
            from published.scorecard.fct_points_rank
        )
)

select * replace (
    null::varchar as leader_approved_by,
    null::varchar as supervisor_approved_by,
    if(agent_id in (from own_agent), amount, null) as amount,
    if(agent_id in (from own_agent), currency, null) as currency,
    if(agent_id in (from own_agent), recognition_id, null) as recognition_id
)
from published.scorecard.fct_reward
where agent_id in (from own_agent)
    or (
        reward_state = 'granted'
        and (agent_id in (from own_team_agent) or agent_id in (from inside_agent) or team_id in (from own_home))
    );

create table fct_piece_rate as
from published.scorecard.fct_piece_rate
where agent_id in (from own_agent);

-- The index of the centre is told where all the values are that it is made of.
create temp table index_of_centre as
select part.period_kind, part.period_start
from published.scorecard.fct_quality_index_part as part
left join (from wide.main.wide_value where scope_kind = 'centre') as shown
    on part.kpi_id = shown.kpi_id
    and part.period_kind = shown.period_kind
    and part.period_start = shown.period_start
where part.scope_kind = 'centre'
group by part.period_kind, part.period_start
having bool_and(not part.is_measured or shown.kpi_id is not null);

create table fct_quality_index_part as
from published.scorecard.fct_quality_index_part
where (scope_kind = 'team' and scope_id in (from inside_team))
    or (scope_kind = 'agent' and scope_id in (from inside_agent))
    or (scope_kind = 'centre' and (period_kind, period_start) in (select (period_kind, period_start) from index_of_centre));

create table fct_quality_index as
from published.scorecard.fct_quality_index
semi join fct_quality_index_part using (scope_kind, scope_id, period_kind, period_start);
