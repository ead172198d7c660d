with

plans as (

    select * from {{ ref('fct_plan') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}
    where
        method = 'ratio'
        and scale_kind = 'constant'
        and denominator_measure is not null

),

measures_in_order as (

    {{ measure_positions() }}

),

scope_days as (

    select * from {{ ref('int_measure__scope_day') }}

),

records as (

    select * from {{ ref('fct_cause_record') }}
    where
        not is_excluded
        and family in ('severe_error', 'general_error', 'knowledge_point', 'complaint_received')

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

-- A plan is measured by its KPI, without one by the rate of its subject: errors of the code per review, complaints of
-- the leaf per contact.
measured as (

    select
        *,
        coalesce(kpi_id, if(subject_kind = 'kpi', subject_id, null)) as measured_kpi_id,
        case
            when kpi_id is not null then null
            when subject_kind in ('error_code', 'knowledge_point') then 'reviews'
            when subject_kind = 'complaint_leaf' then 'contacts_complaint_recorded'
        end as subject_measure
    from plans

),

rated as (

    select
        measured.*,
        measures_in_order.position_by_measure[kpis.numerator_measure] as numerator_position,
        measures_in_order.position_by_measure[coalesce(kpis.denominator_measure, measured.subject_measure)]
            as denominator_position,
        coalesce(kpis.kpi_group, if(measured.subject_measure = 'reviews', 'quality', 'complaint')) as kpi_group,
        coalesce(kpis.direction, if(measured.subject_measure is not null, 'lower', null)) as direction,
        coalesce(kpis.scale, 1)::double as scale,
        coalesce(kpis.min_sample, 30) as min_sample,
        coalesce(kpis.interval_kind = 'wilson', measured.subject_measure is not null) as is_share
    from measured
    cross join measures_in_order
    left join kpis on measured.measured_kpi_id = kpis.kpi_id

),

-- Both windows, of the plan's own scope and of the whole centre.
windows as (

    select
        rated.*,
        sides.side,
        parts.part,
        if(sides.side = 'before', rated.baseline_from, rated.starts_on) as window_from,
        if(sides.side = 'before', rated.baseline_to, rated.measured_to) as window_to,
        if(parts.part = 'own', rated.scope_kind, 'centre') as window_scope_kind,
        if(parts.part = 'own', rated.scope_id, 'centre') as window_scope_id
    from rated
    cross join (values ('before'), ('after')) as sides (side)
    cross join (values ('own'), ('centre')) as parts (part)
    where
        rated.denominator_position is not null
        and (rated.numerator_position is not null or rated.subject_measure is not null)

),

kpi_amounts as (

    {{ window_amounts('windows', 'scope_days', ['plan_id', 'side', 'part']) }}

),

scoped_records as (

    select
        'centre' as scope_kind,
        'centre' as scope_id,
        *
    from records
    union all by name
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        *
    from records
    where agent_id is not null
    union all by name
    select
        'team' as scope_kind,
        agent_teams.team_id as scope_id,
        records.*
    from records
    inner join agent_teams
        on
            records.agent_id = agent_teams.agent_id
            and records.agent_date = agent_teams.agent_date

),

cause_amounts as (

    select
        windows.plan_id,
        windows.side,
        windows.part,
        count(*) as numerator
    from windows
    inner join scoped_records
        on
            windows.window_scope_kind = scoped_records.scope_kind
            and windows.window_scope_id = scoped_records.scope_id
            and windows.window_from <= scoped_records.scope_date
            and windows.window_to > scoped_records.scope_date
            and windows.subject_id = scoped_records.cause
            and windows.subject_kind = case
                when scoped_records.family = 'complaint_received' then 'complaint_leaf'
                when scoped_records.family = 'knowledge_point' then 'knowledge_point'
                else 'error_code'
            end
    where windows.subject_measure is not null
    group by windows.plan_id, windows.side, windows.part

),

amounts as (

    select
        windows.plan_id,
        windows.side,
        windows.part,
        coalesce(if(windows.subject_measure is null, kpi_amounts.numerator, cause_amounts.numerator), 0)::decimal(18, 4)
            as numerator,
        coalesce(kpi_amounts.denominator, 0)::decimal(18, 4) as denominator
    from windows
    left join kpi_amounts
        on
            windows.plan_id = kpi_amounts.plan_id
            and windows.side = kpi_amounts.side
            and windows.part = kpi_amounts.part
    left join cause_amounts
        on
            windows.plan_id = cause_amounts.plan_id
            and windows.side = cause_amounts.side
            and windows.part = cause_amounts.part

),

amounts_by_plan as (

    select
        plan_id,
        max(numerator) filter (side = 'before' and part = 'own') as before_numerator,
        max(denominator) filter (side = 'before' and part = 'own') as before_denominator,
        max(numerator) filter (side = 'after' and part = 'own') as after_numerator,
        max(denominator) filter (side = 'after' and part = 'own') as after_denominator,
        max(numerator) filter (side = 'before' and part = 'centre') - before_numerator as others_before_numerator,
        max(denominator) filter (side = 'before' and part = 'centre') - before_denominator as others_before_denominator,
        max(numerator) filter (side = 'after' and part = 'centre') - after_numerator as others_after_numerator,
        max(denominator) filter (side = 'after' and part = 'centre') - after_denominator as others_after_denominator
    from amounts
    group by plan_id

),

compared as (

    select
        rated.*,
        amounts_by_plan.* exclude (plan_id)  -- noqa: RF02
    from rated
    left join amounts_by_plan on rated.plan_id = amounts_by_plan.plan_id

),

-- A change counts as positive where it is for the better.
rates as (

    select
        *,
        case direction
            when 'lower' then 1
            when 'higher' then -1
        end as better,
        scale * before_numerator::double / nullif(before_denominator::double, 0) as before_rate,
        scale * after_numerator::double / nullif(after_denominator::double, 0) as after_rate,
        before_numerator::double / nullif(before_denominator::double, 0) as before_mean,
        after_numerator::double / nullif(after_denominator::double, 0) as after_mean,
        before_denominator::double as before_cases,
        after_denominator::double as after_cases,
        -- 1.959964 standard errors on either side: 95 %.
        1.959963984540054::double as z
    from compared

),

bounded as (

    select
        *,
        is_share and before_mean between 0 and 1 and after_mean between 0 and 1 and better is not null as has_interval,
        if(has_interval, {{ wilson_midpoint('before_mean', 'before_cases') }}, null) as before_midpoint,
        if(has_interval, {{ wilson_margin('before_mean', 'before_cases') }}, null) as before_margin,
        if(has_interval, {{ wilson_midpoint('after_mean', 'after_cases') }}, null) as after_midpoint,
        if(has_interval, {{ wilson_margin('after_mean', 'after_cases') }}, null) as after_margin
    from rates

),

-- Newcombe's interval of the difference of two shares, from their own.
spread as (

    select
        *,
        better * (before_rate - after_rate) as change,  -- noqa: RF04
        scale * sqrt(
            pow(before_mean - (before_midpoint - before_margin), 2) + pow(after_midpoint + after_margin - after_mean, 2)
        ) as below,
        scale * sqrt(
            pow(before_midpoint + before_margin - before_mean, 2) + pow(after_mean - (after_midpoint - after_margin), 2)
        ) as above
    from bounded

),

judged as (

    select
        *,
        change - if(better = 1, below, above) as ci_lower,
        change + if(better = 1, above, below) as ci_upper
    from spread

)

select
    plan_id,
    plan_kind as kind,
    subject_kind,
    subject_id,
    measured_kpi_id as kpi_id,
    scope_kind,
    scope_id,
    owner_id,
    plan_state as state,  -- noqa: RF04
    starts_on,
    due_on,
    closed_on,
    days_late,
    minutes,
    baseline_from as before_from,
    baseline_to as before_to,
    before_numerator,
    before_denominator,
    before_rate,
    starts_on as after_from,
    measured_to as after_to,
    after_numerator,
    after_denominator,
    after_rate,
    change,
    ci_lower,
    ci_upper,
    if(
        scope_kind = 'centre',
        null,
        scale * others_before_numerator::double / nullif(others_before_denominator::double, 0)
    ) as elsewhere_before,
    if(
        scope_kind = 'centre',
        null,
        scale * others_after_numerator::double / nullif(others_after_denominator::double, 0)
    ) as elsewhere_after,
    target_value,
    case
        when better = 1 then after_rate <= target_value
        when better = -1 then after_rate >= target_value
    end as is_target_reached,
    case
        when after_denominator is null or not is_share or better is null then 'none'
        when after_denominator < min_sample then 'too_early'
        when before_denominator < min_sample or not has_interval then 'none'
        when ci_lower > 0 then 'improved'
        when ci_upper < 0 then 'worse'
        else 'not_shown'
    end as verdict
from judged
