{{ config(materialized='view') }}

with

scorecard as (

    select * from {{ ref('v_scorecard') }}
    where period_kind = 'month'

),

latest as (

    select max(period_start) as latest_month
    from {{ ref('fct_kpi_value') }}
    where
        scope_kind = 'centre'
        and period_kind = 'month'

)

select
    scorecard.scope_kind,
    scorecard.scope_id,
    scorecard.scope_name,
    scorecard.period_start as month_start,
    scorecard.period_start = latest.latest_month as is_latest,
    scorecard.kpi_group,
    scorecard.kpi_number,
    scorecard.kpi_id,
    scorecard.name_en,
    scorecard.name_zh,
    scorecard.unit,
    scorecard.value,
    scorecard.lower_bound,
    scorecard.upper_bound,
    scorecard.status,
    scorecard.verdict,
    scorecard.evidence,
    scorecard.reason,
    scorecard.is_provisional,
    scorecard.n,
    scorecard.ci_lower,
    scorecard.ci_upper,
    scorecard.p50,
    scorecard.p90,
    scorecard.raw_value,
    scorecard.reference_value,
    scorecard.reference_kind,
    scorecard.display_order
from scorecard
cross join latest
