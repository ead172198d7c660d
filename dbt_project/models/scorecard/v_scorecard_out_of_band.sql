{{ config(materialized='view') }}

with

scorecard as (

    select * from {{ ref('v_scorecard') }}
    where verdict in ('bad', 'watch', 'too_good')

),

actions as (

    select
        kpi_id,
        unnest(if(side = 'both', ['below', 'above'], [side])) as side,
        position,
        text_en,
        text_zh
    from {{ ref('dim_kpi_action') }}

),

actions_by_side as (

    select
        kpi_id,
        side,
        -- one text of several sentences: the stop of each gives way to a semicolon
        string_agg(rtrim(text_en, '.'), '; ' order by position, text_en) as actions_en,
        string_agg(rtrim(text_zh, '。'), '；' order by position, text_zh) as actions_zh
    from actions
    group by kpi_id, side

)

select
    scorecard.scope_kind,
    scorecard.scope_id,
    scorecard.scope_name,
    scorecard.period_kind,
    scorecard.period_start,
    scorecard.period_end,
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
    scorecard.n,
    actions_by_side.actions_en,
    actions_by_side.actions_zh
from scorecard
left join actions_by_side
    on
        scorecard.kpi_id = actions_by_side.kpi_id
        and actions_by_side.side = if(scorecard.status = 'below_band', 'below', 'above')
