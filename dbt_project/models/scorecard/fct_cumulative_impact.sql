with

records as (

    select
        family,
        record_id,
        cause,
        agent_id,
        agent_date,
        scope_date
    from {{ ref('fct_cause_record') }}
    where
        not is_excluded
        and family in ('severe_error', 'general_error', 'knowledge_point', 'complaint')

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

periods as (

    select
        period_kind,
        period_start,
        period_end
    from {{ ref('int_measure__period') }}
    where period_kind in ('month', 'year', 'all')

),

period_days as (

    select
        period_kind,
        period_start,
        period_date
    from {{ ref('int_measure__period_day') }}
    where period_kind in ('month', 'year', 'all')

),

costs as (

    select * from {{ ref('stg_impact_cost') }}

),

-- One row, with an empty list where nothing is compared.
equivalents as (

    select list(struct_pack(name_en, name_zh, unit_cost) order by position) as compared
    from {{ ref('stg_impact_equivalent') }}

),

-- What each record took off in the ledger of points, less what was given back.
penalties as (

    select
        rule,
        record_id,
        -sum(points) as points
    from {{ ref('fct_points_entry') }}
    where record_kind = 'penalty'
    group by rule, record_id

),

versions as (

    {{ policy_stretches('points') }}

),

-- When the ledger knows what a penalty is worth.
worth as (

    select
        rules.rule,
        versions.valid_from,
        versions.valid_to
    from versions
    inner join {{ ref('stg_policy_point_rules') }} as rules on versions.version = rules.version
    where
        versions.is_complete
        and rules.points is not null

),

ruled as (

    select
        *,
        if(family = 'complaint', 'complaint_penalty', 'error_penalty') as rule  -- noqa: RF04
    from records

),

costing as (

    select
        ruled.* exclude (rule),  -- noqa: RF02
        if(worth.rule is null, null, coalesce(penalties.points, 0)) as points
    from ruled
    left join worth
        on
            ruled.rule = worth.rule
            and ruled.scope_date >= worth.valid_from
            and ruled.scope_date < worth.valid_to
    left join penalties
        on
            ruled.rule = penalties.rule
            and ruled.record_id = penalties.record_id

),

-- Each record once under its cause, and once under all of its family.
causes as (

    select * from costing
    union all
    select * replace ('*' as cause) from costing

),

-- What a small team's errors cost would be told of a person.
large_teams as (

    select
        period_days.period_kind,
        period_days.period_start,
        agent_teams.team_id
    from agent_teams
    inner join period_days on agent_teams.agent_date = period_days.period_date
    group by period_days.period_kind, period_days.period_start, agent_teams.team_id
    having count(distinct agent_teams.agent_id) >= 5

),

scoped as (

    {{ in_centre_and_teams('causes') }}

),

counted as (

    select
        scoped.family,
        scoped.scope_kind,
        scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        scoped.cause,
        count(*) as events,
        count(distinct scoped.agent_id) as people,
        cast(sum(scoped.points) as decimal(38, 6)) as points_deducted
    from scoped
    inner join period_days on scoped.scope_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
    group by all

),

told as (

    select counted.*
    from counted
    left join large_teams
        on
            counted.scope_id = large_teams.team_id
            and counted.period_kind = large_teams.period_kind
            and counted.period_start = large_teams.period_start
    where
        counted.scope_kind = 'centre'
        or large_teams.team_id is not null

)

select
    told.family,
    told.scope_kind,
    told.scope_id,
    told.period_kind,
    told.period_start,
    told.period_end,
    told.cause,
    told.events,
    told.people,
    told.points_deducted,
    costs.cost_per_event,
    costs.currency,
    cast(told.events * costs.cost_per_event as decimal(38, 8)) as money,  -- noqa: RF04
    if(
        costs.cost_per_event is null,
        [],
        list_transform(
            coalesce(equivalents.compared, []),
            one -> struct_pack(
                name_en := one.name_en,
                name_zh := one.name_zh,
                amount := cast(told.events * costs.cost_per_event / one.unit_cost as double)
            )
        )
    ) as equivalents
from told
cross join equivalents
left join costs on told.family = costs.family
