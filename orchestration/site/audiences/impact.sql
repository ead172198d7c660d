-- What makes gaps, as one audience may see it: its own parts by name and all others as one, so that they still add up.
-- Of the centre only where its value is shown, and enough people are outside.
create temp table own_impact as
from prepared.main.impact_of_centre
where (part_kind = 'agent' and part_id in (from inside_agent))
    or (part_kind = 'team' and part_id in (from inside_team));

create temp table others_of_centre as
with inside as (
    select
        kpi_id, period_kind, period_start, split, count(*) as parts, sum(numerator) as numerator,
        sum(denominator) as denominator, sum(n) as n, sum(contribution) as contribution
    from own_impact
    group by kpi_id, period_kind, period_start, split
),

inside_people as (
    select kpi_id, period_kind, period_start, count(*) as people
    from own_impact
    where part_kind = 'agent' and denominator > 0
    group by kpi_id, period_kind, period_start
),

-- Any own row tells what is told of the whole.
whole as (
    select distinct on (kpi_id, period_kind, period_start, split) *
    from own_impact
)

select whole.* replace (
    'others' as part_kind,
    'others' as part_id,
    total.numerator - inside.numerator as numerator,
    total.denominator - inside.denominator as denominator,
    total.n - inside.n as n,
    whole.gap - inside.contribution as contribution,
    inside.contribution as gap_if_at_bound,
    null as leave_one_out,
    null as rank_number,
    false as is_small
), total.parts - inside.parts as parts
from whole
inner join inside using (kpi_id, period_kind, period_start, split)
inner join prepared.main.impact_total as total using (kpi_id, period_kind, period_start, split)
left join inside_people using (kpi_id, period_kind, period_start)
semi join (from wide.main.wide_value where scope_kind = 'centre') using (kpi_id, period_kind, period_start)
where total.parts = inside.parts
    or total.people - coalesce(inside_people.people, 0) >= getvariable('fewest_outside');

-- People of other teams who worked in one of these are in its value; by name they stand where they are at home.
create temp table own_whole as
select *, part_kind = 'agent' and part_id not in (from inside_agent) as is_guest
from prepared.main.impact_of_team
where whole_id in (from inside_team);

create table fct_metric_impact as
select own_impact.* replace (null::bigint as rank_number)
from own_impact
semi join others_of_centre using (kpi_id, period_kind, period_start, split)
union all by name
select * exclude (parts)
from others_of_centre
where parts > 0
union all by name
select * exclude (is_guest) replace (null::bigint as rank_number)
from own_whole
where not is_guest
union all by name
select
    kpi_id, period_kind, period_start, any_value(period_end) as period_end, whole_kind, whole_id, split,
    'others' as part_kind, 'others' as part_id, sum(numerator)::decimal(18, 4) as numerator,
    sum(denominator)::decimal(18, 4) as denominator, sum(n)::bigint as n, any_value(bound) as bound, any_value(side) as side,
    any_value(whole_value) as whole_value, any_value(gap) as gap, sum(contribution) as contribution,
    any_value(gap) - sum(contribution) as gap_if_at_bound, false as is_small,
    any_value(formula_version) as formula_version, any_value(target_version) as target_version
from own_whole
where is_guest
group by kpi_id, period_kind, period_start, whole_kind, whole_id, split;
