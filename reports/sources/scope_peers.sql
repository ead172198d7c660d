-- The agents of a team, and those of a segment and tenure band: what one agent is compared with, himself left in.
-- The value of a group is its numerators over its denominators, never a mean of means.
with member as (
    select scope_id, 'team' as peer_kind, team_id as peer_group
    from scorecard.dim_scope
    where scope_kind = 'agent' and team_id is not null
    union all
    select scope_id, 'segment' as peer_kind, concat_ws(', ', segment, tenure_band) as peer_group
    from scorecard.dim_scope
    where scope_kind = 'agent' and coalesce(segment, tenure_band) is not null
),

latest as (
    select period_kind, max(period_start) as last_start
    from scorecard.fct_kpi_value
    where scope_kind = 'agent' and period_kind in ('week', 'month', 'quarter')
    group by period_kind
),

judged as (
    select
        member.peer_kind,
        member.peer_group,
        kpi_value.scope_id,
        kpi_value.kpi_id,
        kpi_value.period_kind,
        kpi_value.period_start,
        kpi_value.value,
        kpi_value.denominator
    from scorecard.fct_kpi_value as kpi_value
    inner join latest
        on kpi_value.period_kind = latest.period_kind
        and kpi_value.period_start >= latest.last_start - case latest.period_kind when 'week' then 28 else 95 end
    inner join member on kpi_value.scope_id = member.scope_id
    where kpi_value.scope_kind = 'agent' and kpi_value.value is not null
),

peers as (
    select
        peer_kind,
        peer_group,
        kpi_id,
        period_kind,
        period_start,
        case
            when sum(denominator) > 0 then sum(value * denominator) / sum(denominator)
            else avg(value)
        end as peer_value,
        count(*) as peer_n
    from judged
    group by peer_kind, peer_group, kpi_id, period_kind, period_start
)

select
    peers.peer_kind,
    peers.peer_group,
    peers.kpi_id,
    peers.period_kind,
    peers.period_start,
    coalesce(team.scope_name, peers.peer_group) as peer_scope_name,
    peers.peer_value,
    peers.peer_n
from peers
left join scorecard.dim_scope as team
    on peers.peer_kind = 'team' and team.scope_kind = 'team' and peers.peer_group = team.scope_id
where peers.peer_n > 1
    and (
        $scope_id is null
        or (peers.peer_kind, peers.peer_group) in (select (peer_kind, peer_group) from member where scope_id = $scope_id)
    )
order by peers.peer_kind, peers.peer_group, peers.kpi_id, peers.period_kind, peers.period_start
