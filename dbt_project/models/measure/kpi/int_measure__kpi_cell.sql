{{ config(materialized='view') }}

-- One row per expected KPI, scope and period whose values are made anew: the measures that the catalogue names, raw and
-- the part excluded by incidents, and the target of that scope on the last day of the period. Where nobody records them
-- there are no amounts: a 0 would say that somebody had looked.
with

expected as (

    select * from {{ ref('int_measure__expected') }}
    where {{ of_touched_periods() }}

),

kpis as (

    select * from {{ ref('int_measure__kpi') }}

),

scope_kpis as (

    select * from {{ ref('int_measure__scope_kpi') }}

),

targets as (

    select * from {{ ref('int_measure__scope_target') }}

),

amounts as (

    select * from {{ ref('int_measure__amount') }}
    where kpi_group = ''

),

excluded_amounts as (

    select * from {{ ref('int_measure__amount') }}
    where kpi_group != ''

),

expected_amounts as (

    select
        expected.*,
        amounts.amounts,
        amounts.squares
    from expected
    left join amounts
        on
            expected.scope_kind = amounts.scope_kind
            and expected.scope_id = amounts.scope_id
            and expected.period_kind = amounts.period_kind
            and expected.period_start = amounts.period_start

),

cells as (

    select
        expected_amounts.*,
        kpis.* exclude (kpi_id),  -- noqa: RF02
        scope_kpis.kpi_id,
        -- A maximum of what nobody stated (a cap) is not recorded, where there was somebody to state it of; nor is the
        -- time of those who worked, where none of their states came.
        coalesce(
            if(expected_amounts.period_end <= scope_kpis.recorded_from, 'not_recorded', null),
            scope_kpis.unmeasured_reason,
            if(
                (
                    kpis.method = 'peak'
                    and expected_amounts.amounts[kpis.numerator_position] is null
                    and coalesce(expected_amounts.amounts[kpis.sample_position], 0) > 0
                )
                or (
                    expected_amounts.amounts[kpis.missing_position] > 0
                    and expected_amounts.amounts[kpis.denominator_position] = 0
                ),
                'not_recorded',
                null
            )
        ) as unmeasured_reason,
        targets.lower_bound,
        targets.target_version,
        excluded_amounts.amounts as excluded_amounts,
        excluded_amounts.squares as excluded_squares,
        coalesce(
            nullif(expected_amounts.amounts[targets.upper_position], 0),
            targets.upper_bound
        )::decimal(18, 6) as upper_bound
    from expected_amounts
    inner join scope_kpis
        on
            expected_amounts.scope_kind = scope_kpis.scope_kind
            and expected_amounts.scope_id = scope_kpis.scope_id
    inner join kpis
        on
            scope_kpis.kpi_id = kpis.kpi_id
            and (
                kpis.expected_period_kinds is null
                or list_contains(kpis.expected_period_kinds, expected_amounts.period_kind)
            )
    inner join targets
        on
            scope_kpis.scope_kind = targets.scope_kind
            and scope_kpis.scope_id = targets.scope_id
            and scope_kpis.kpi_id = targets.kpi_id
            and expected_amounts.described_on >= targets.valid_from
            and expected_amounts.described_on < targets.valid_to
    left join excluded_amounts
        on
            expected_amounts.scope_kind = excluded_amounts.scope_kind
            and expected_amounts.scope_id = excluded_amounts.scope_id
            and expected_amounts.period_kind = excluded_amounts.period_kind
            and expected_amounts.period_start = excluded_amounts.period_start
            and kpis.kpi_group = excluded_amounts.kpi_group

)

select
    kpi_id,
    scope_kind,
    scope_id,
    scope_name,
    period_kind,
    period_start,
    period_end,
    is_open,
    unmeasured_reason,
    method,
    direction,
    pleasant_side,
    alarm_lower,
    alarm_upper,
    reference_value,
    interval_kind,
    min_sample,
    needs_participation,
    percentile_fact,
    formula_version,
    target_version,
    lower_bound,
    upper_bound,
    denominator_measure is not null as has_denominator,
    is_judged and (judged_period_kinds is null or list_contains(judged_period_kinds, period_kind)) as is_judged,
    if(scale_kind = 'period_days', scale * covered_days, scale)::double as factor,
    if(unmeasured_reason is null, coalesce(amounts[numerator_position], 0), null) as raw_numerator,
    if(
        unmeasured_reason is null and denominator_measure is not null,
        coalesce(amounts[denominator_position], 0),
        null
    ) as raw_denominator,
    if(unmeasured_reason is null, coalesce(amounts[sample_position], 0), null)::bigint as raw_n,
    coalesce(excluded_amounts[numerator_position], 0) as excluded_numerator,
    coalesce(excluded_amounts[denominator_position], 0) as excluded_denominator,
    if(unmeasured_reason is null, coalesce(excluded_amounts[sample_position], 0), 0)::bigint as excluded_n,
    coalesce(squares[square_position], 0) - coalesce(excluded_squares[square_position], 0) as squares,
    coalesce(amounts[provisional_position], 0) - coalesce(excluded_amounts[provisional_position], 0)
        as provisional_cases,
    coalesce(amounts[participation_position], 0) - coalesce(excluded_amounts[participation_position], 0)
        as participants,
    coalesce(amounts[invitation_position], 0) - coalesce(excluded_amounts[invitation_position], 0) as invitations
from cells
