-- One row per input of values and period: how many rows it has for the values of that period, and a digest of them.
-- What is summed from days is no input here, since the days that are made anew are known. A scope's rules are which
-- target each of its KPIs has, and which it can have at all: they hold for a stretch of days, whose last day moves on
-- with the data and is therefore no part of the digest.
with

expected as (

    select * from {{ ref('int_measure__expected') }}

),

targets as (

    select * from {{ ref('int_measure__scope_target') }}

),

scope_kpis as (

    select * from {{ ref('int_measure__scope_kpi') }}

),

customer_counts as (

    select * from {{ ref('int_measure__customer_period') }}

),

heard as (

    select * from {{ ref('int_measure__heard_period') }}

),

kept as (

    select * from {{ ref('int_measure__kept_value') }}

),

bounds as (

    select
        scope_kind,
        scope_id,
        valid_from as holds_from
    from targets
    union
    select
        scope_kind,
        scope_id,
        valid_to
    from targets

),

target_rules as (

    select
        bounds.scope_kind,
        bounds.scope_id,
        bounds.holds_from,
        sum(
            md5_number_lower(
                concat_ws(
                    chr(0),
                    targets.kpi_id,
                    coalesce(targets.lower_bound::varchar, ''),
                    coalesce(targets.upper_bound::varchar, ''),
                    coalesce(targets.upper_position::varchar, ''),
                    targets.target_version
                )
            )
        ) as digest
    from bounds
    left join targets
        on
            bounds.scope_kind = targets.scope_kind
            and bounds.scope_id = targets.scope_id
            and bounds.holds_from >= targets.valid_from
            and bounds.holds_from < targets.valid_to
    group by bounds.scope_kind, bounds.scope_id, bounds.holds_from

),

kpi_rules as (

    select
        scope_kind,
        scope_id,
        sum(md5_number_lower(scope_kpis::varchar)) as digest
    from scope_kpis
    group by scope_kind, scope_id

),

ruled as (

    select
        expected.period_kind,
        expected.period_start,
        concat_ws(chr(0), expected::varchar, target_rules.digest, kpi_rules.digest) as row_text  -- noqa: RF02
    from expected
    asof left join target_rules
        on
            expected.scope_kind = target_rules.scope_kind
            and expected.scope_id = target_rules.scope_id
            and expected.described_on >= target_rules.holds_from
    left join kpi_rules
        on
            expected.scope_kind = kpi_rules.scope_kind
            and expected.scope_id = kpi_rules.scope_id

),

contents as (

    select
        'expected' as input_name,
        *
    from ruled
    union all
    select
        'customer' as input_name,
        period_kind,
        period_start,
        customer_counts::varchar as row_text
    from customer_counts
    union all
    select
        'heard' as input_name,
        period_kind,
        period_start,
        heard::varchar as row_text
    from heard
    union all
    select
        'kept' as input_name,
        period_kind,
        period_start,
        kept::varchar as row_text
    from kept

)

select
    input_name,
    period_kind,
    period_start,
    count(*)::bigint as row_count,
    sum(md5_number_lower(row_text))::varchar as digest
from contents
group by input_name, period_kind, period_start
