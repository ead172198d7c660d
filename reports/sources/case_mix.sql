-- Whom and what agents had to do with, by period: topics, difficult and returning customers, beside the shares of the agent's team
-- (of a team, of the centre), most contacts first.
with mix as (
    select scope_kind, scope_id, period_kind, period_start, mix_kind, mix_code, contacts, base, share
    from scorecard.fct_case_mix
),

beside as (
    select mix.*, if(mix.scope_kind = 'agent', scope.team_id, null) as team_id
    from mix
    left join scorecard.dim_scope as scope on mix.scope_kind = scope.scope_kind and mix.scope_id = scope.scope_id
)

select
    beside.scope_kind, beside.scope_id, beside.period_kind, beside.period_start, beside.mix_kind, beside.mix_code, beside.contacts,
    beside.base, beside.share, team.share as team_share, if(beside.scope_kind = 'centre', null, centre.share) as centre_share
from beside
left join mix as team
    on team.scope_kind = 'team'
    and beside.team_id = team.scope_id
    and beside.period_kind = team.period_kind
    and beside.period_start = team.period_start
    and beside.mix_kind = team.mix_kind
    and beside.mix_code = team.mix_code
left join mix as centre
    on centre.scope_kind = 'centre'
    and beside.period_kind = centre.period_kind
    and beside.period_start = centre.period_start
    and beside.mix_kind = centre.mix_kind
    and beside.mix_code = centre.mix_code
where ($scope_kind is null or beside.scope_kind = $scope_kind)
    and ($scope_id is null or beside.scope_id = $scope_id)
order by
    beside.scope_kind, beside.scope_id, beside.period_kind, beside.period_start, beside.mix_kind, beside.mix_code not in ('*', 'returning'),
    beside.contacts desc, beside.mix_code
