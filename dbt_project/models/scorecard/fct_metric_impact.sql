with

kpis as (

    select * from {{ ref('int_measure__impact_kpi') }}

),

periods as (

    select * from {{ ref('int_measure__impact_period') }}

),

published as (

    select
        kpi_values.* replace (
            -- Wide enough for the products below.
            kpi_values.numerator::decimal(28, 4) as numerator,
            kpi_values.denominator::decimal(28, 4) as denominator
        )
    from {{ ref('fct_kpi_value') }} as kpi_values
    semi join periods
        on
            kpi_values.period_kind = periods.period_kind
            and kpi_values.period_start = periods.period_start
    -- What an earlier formula made has parts that nobody can reckon any more.
    anti join {{ ref('int_measure__kept_value') }} as kept
        on
            kpi_values.kpi_id = kept.kpi_id
            and kpi_values.period_kind = kept.period_kind
            and kpi_values.period_start = kept.period_start
    where
        kpi_values.scope_kind in ('centre', 'team', 'agent')
        and kpi_values.numerator is not null

),

-- Of a band the side that is unpleasant counts, so that being better than it is nobody's gap; where both are, the bound
-- that is violated, or the nearer one.
bounded as (

    select
        published.kpi_id,
        published.scope_kind as whole_kind,
        published.scope_id as whole_id,
        published.period_kind,
        published.period_start,
        published.period_end,
        published.numerator as whole_numerator,
        published.denominator as whole_denominator,
        published.n as whole_n,
        published.value as whole_value,
        published.status = 'insufficient_sample' as is_whole_small,
        published.lower_bound,
        published.upper_bound,
        published.formula_version,
        published.target_version,
        kpis.scale,
        kpis.min_sample,
        kpis.has_teams,
        kpis.has_agents,
        kpis.counts_contacts,
        case
            when coalesce(published.lower_bound, published.upper_bound) is null then null
            when published.lower_bound is null then 'upper'
            when published.upper_bound is null then 'lower'
            when kpis.is_low_pleasant then 'upper'
            when kpis.is_high_pleasant then 'lower'
            when
                2 * kpis.scale * published.numerator
                >= (published.lower_bound + published.upper_bound) * published.denominator
                then 'upper'
            else 'lower'
        end as side
    from published
    inner join kpis
        on
            published.kpi_id = kpis.kpi_id
            and (
                kpis.judged_period_kinds is null
                or list_contains(kpis.judged_period_kinds, published.period_kind)
            )
    where
        published.scope_kind in ('centre', 'team')
        and published.denominator > 0

),

wholes as (

    select
        *,
        if(side = 'upper', upper_bound, lower_bound) as bound,
        if(side = 'upper', 1, -1) as gap_sign
    from bounded
    where side is not null

),

whole_teams as (

    select distinct
        whole_kind,
        whole_id,
        period_kind,
        period_start,
        team_id
    from {{ ref('int_measure__member_whole') }}
    where is_whole_team

),

told_parts as (

    select
        whole_teams.whole_kind,
        whole_teams.whole_id,
        published.kpi_id,
        published.period_kind,
        published.period_start,
        'team' as split,
        'team' as part_kind,
        published.scope_id as part_id,
        published.numerator,
        published.denominator,
        published.n
    from published
    inner join whole_teams
        on
            published.scope_id = whole_teams.team_id
            and published.period_kind = whole_teams.period_kind
            and published.period_start = whole_teams.period_start
    where published.scope_kind = 'team'
    union all by name
    select
        'centre' as whole_kind,
        'centre' as whole_id,
        kpi_id,
        period_kind,
        period_start,
        'agent' as split,
        'agent' as part_kind,
        scope_id as part_id,
        numerator,
        denominator,
        n
    from published
    where scope_kind = 'agent'
    union all by name
    select * from {{ ref('int_measure__impact_member') }}
    union all by name
    select * from {{ ref('int_measure__impact_cause') }}

),

parts as (

    select
        told_parts.split,
        told_parts.part_kind,
        told_parts.part_id,
        told_parts.numerator,
        told_parts.denominator,
        told_parts.n,
        wholes.*
    from told_parts
    inner join wholes
        on
            told_parts.kpi_id = wholes.kpi_id
            and told_parts.whole_kind = wholes.whole_kind
            and told_parts.whole_id = wholes.whole_id
            and told_parts.period_kind = wholes.period_kind
            and told_parts.period_start = wholes.period_start
            and case told_parts.split
                when 'team' then wholes.has_teams
                when 'agent' then wholes.has_agents
                else true
            end
            -- What adds up has no other rest than this one.
            and (wholes.counts_contacts or told_parts.part_kind != 'unassigned')
    where
        told_parts.numerator != 0
        or told_parts.denominator != 0

),

-- What is left of the whole is what several parts had together, or what nobody in a part did. Causes have nothing of
-- what there was to do: all of it is left, and its contribution is what the bound allows.
rests as (

    select
        split,
        whole_kind,
        whole_id,
        kpi_id,
        period_kind,
        period_start,
        case
            when split = 'cause' then 'allowed'
            when any_value(counts_contacts) then 'shared'
            else 'unassigned'
        end as part_kind,
        any_value(whole_numerator) - sum(numerator) as numerator,
        any_value(whole_denominator) - sum(denominator) as denominator,
        any_value(whole_n) - if(split = 'cause', 0, sum(n)) as n
    from parts
    group by split, whole_kind, whole_id, kpi_id, period_kind, period_start
    having
        any_value(whole_numerator) != sum(numerator)
        or any_value(whole_denominator) != sum(denominator)

),

all_parts as (

    select * from parts
    union all by name
    select
        rests.*,
        rests.part_kind as part_id,
        wholes.* exclude (whole_kind, whole_id, kpi_id, period_kind, period_start)  -- noqa: RF02
    from rests
    inner join wholes
        on
            rests.kpi_id = wholes.kpi_id
            and rests.whole_kind = wholes.whole_kind
            and rests.whole_id = wholes.whole_id
            and rests.period_kind = wholes.period_kind
            and rests.period_start = wholes.period_start

),

-- Exact up to here; the one division comes last.
weighed as (

    select
        *,
        part_kind not in ('shared', 'cause', 'allowed') and n < min_sample as is_small,
        (gap_sign * (scale * numerator - bound * denominator))::double / whole_denominator::double as contribution,
        (gap_sign * (scale * whole_numerator - bound * whole_denominator))::double / whole_denominator::double as gap,
        if(
            part_kind != 'shared' and whole_denominator > denominator,
            gap_sign * (
                whole_value
                - (scale * (whole_numerator - numerator))::double / (whole_denominator - denominator)::double
            ),
            null
        ) as leave_one_out
    from all_parts

),

ranked as (

    select
        *,
        part_kind in ('team', 'agent', 'cause') and not is_small and not is_whole_small as has_rank
    from weighed

)

select
    kpi_id,
    period_kind,
    period_start,
    period_end,
    whole_kind,
    whole_id,
    split,
    part_kind,
    part_id,
    numerator::decimal(18, 4) as numerator,
    denominator::decimal(18, 4) as denominator,
    n::bigint as n,
    bound,
    side,
    whole_value,
    gap,
    contribution,
    gap - contribution as gap_if_at_bound,
    leave_one_out,
    if(
        has_rank,
        rank() over (
            partition by kpi_id, period_kind, period_start, whole_kind, whole_id, split, has_rank
            order by contribution desc
        ),
        null
    ) as rank_number,
    is_small,
    formula_version,
    target_version
from ranked
-- In the order in which it is asked for, as the values are.
order by
    period_kind,
    period_start,
    kpi_id,
    whole_kind,
    whole_id,
    split
