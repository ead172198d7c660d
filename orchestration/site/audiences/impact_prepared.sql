-- What makes gaps, in the orders in which single audiences ask for it: wholes of their own, and their parts of the centre.
create table prepared.main.impact_of_team as
from published.scorecard.fct_metric_impact
where whole_kind = 'team'
    and whole_id in (select scope_id from prepared.main.own_scope where scope_kind = 'team')
order by whole_id;

create table prepared.main.impact_of_centre as
select impact.*
from published.scorecard.fct_metric_impact as impact
semi join prepared.main.own_scope as own_scope
    on impact.part_kind = own_scope.scope_kind and impact.part_id = own_scope.scope_id
where impact.whole_kind = 'centre'
order by impact.part_id;

-- All of a gap of the centre, and how many people it is told of: those with something to count in.
create table prepared.main.impact_total as
with total as (
    select
        kpi_id, period_kind, period_start, split, count(*) as parts, sum(numerator) as numerator,
        sum(denominator) as denominator, sum(n) as n,
        count(*) filter (part_kind = 'agent' and denominator > 0) as people
    from published.scorecard.fct_metric_impact
    where whole_kind = 'centre'
    group by kpi_id, period_kind, period_start, split
)

select
    total.* exclude (people),
    coalesce(of_people.people, 0) as people
from total
left join total as of_people
    on total.kpi_id = of_people.kpi_id
    and total.period_kind = of_people.period_kind
    and total.period_start = of_people.period_start
    and of_people.split = 'agent';
