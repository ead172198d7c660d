{{ config(materialized='ephemeral') }}

-- One row per person and date on which a value of his left its band: what got better on it first, then what left, with
-- one thing to do about each.
with

kpi_values as (

    select * from {{ ref('fct_kpi_value') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}

),

actions as (

    select * from {{ ref('int_notice__action') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

agents as (

    select
        agent_id,
        {{ told_name('agent_name') }} as agent_name
    from {{ ref('dim_agent') }}

),

notices as (

    select begin_on from {{ ref('stg_notice_setting') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- A day off is no day before, and a day that is not over is no day yet.
judged as (

    select
        kpi_values.*,
        kpi_values.verdict in ('bad', 'too_good')
        or (kpi_values.verdict = 'watch' and kpi_values.evidence != 'chance') as is_out
    from kpi_values
    cross join covered
    cross join notices
    where
        kpi_values.period_kind = 'day'
        and kpi_values.scope_kind = 'agent'
        and kpi_values.verdict != 'none'
        and kpi_values.period_end <= covered.as_of_date
        and kpi_values.period_start >= notices.begin_on - 31

),

compared as (

    select
        *,
        coalesce(lag(is_out) over before_it, false) as was_out,
        lag(verdict) over before_it as previous_verdict
    from judged
    window before_it as (partition by scope_id, kpi_id order by period_start)

),

changed as (

    select
        compared.scope_id as agent_id,
        compared.period_start,
        compared.kpi_id,
        kpis.display_order,
        compared.is_out and not compared.was_out as is_left,
        if(compared.status = 'below_band', 'below', 'above') as side,
        kpis.name_en,
        kpis.name_zh,
        compared.n,
        compared.verdict,
        {{ told_value('compared.value', 'kpis.unit', 'kpis.decimals', 'en') }} as value_en,
        {{ told_value('compared.value', 'kpis.unit', 'kpis.decimals', 'zh') }} as value_zh,
        {{ told_band('compared.lower_bound', 'compared.upper_bound', 'kpis.unit', 'kpis.decimals', 'en') }} as band_en,
        {{ told_band('compared.lower_bound', 'compared.upper_bound', 'kpis.unit', 'kpis.decimals', 'zh') }} as band_zh
    from compared
    inner join kpis on compared.kpi_id = kpis.kpi_id
    where
        (compared.is_out and not compared.was_out)
        or (compared.was_out and compared.verdict = 'good')
        or (compared.previous_verdict = 'bad' and compared.verdict = 'watch' and compared.evidence = 'clear')

),

lines as (

    select
        changed.*,
        concat_ws(
            '',
            if(changed.is_left, if(changed.verdict = 'too_good', 'Too good, check', 'Out of band'), 'Better'),
            ': ', changed.name_en, ' ', changed.value_en, ' (band ', changed.band_en, ', n ', changed.n, ').',
            if(changed.is_left, ' To do: ' || actions.action_en, null)
        ) as line_en,
        concat_ws(
            '',
            if(changed.is_left, if(changed.verdict = 'too_good', '过好，请核查', '超出区间'), '改善'),
            '：', changed.name_zh, ' ', changed.value_zh, '（目标区间 ', changed.band_zh, '，n ', changed.n, '）。',
            if(changed.is_left, '改进措施：' || actions.action_zh, null)
        ) as line_zh
    from changed
    left join actions
        on
            changed.kpi_id = actions.kpi_id
            and changed.side = actions.side

),

days as (

    select
        agent_id,
        period_start,
        string_agg(concat_ws(' ', kpi_id, is_left, value_en, band_en, n), '|' order by kpi_id) as told_values,
        string_agg(line_en, chr(10) order by is_left, display_order) as lines_en,
        string_agg(line_zh, chr(10) order by is_left, display_order) as lines_zh
    from lines
    group by agent_id, period_start
    having bool_or(is_left)

)

select
    'out_of_band' as notice_kind,
    days.agent_id as subject_id,
    days.agent_id,
    days.period_start,
    dates.ends_at as due_at,
    true as is_for_person,
    true as is_for_leader,
    days.told_values,
    'What changed on ' || {{ told_date('days.period_start', 'en') }} || ': ' || agents.agent_name as title_en,
    {{ told_date('days.period_start', 'zh') }} || ' 指标变化：' || agents.agent_name as title_zh,
    days.lines_en as text_en,
    days.lines_zh as text_zh,
    '/agent/' || url_encode(days.agent_id) || '/?period=day&start=' || days.period_start as link
from days
inner join dates on days.period_start = dates.agent_date
inner join agents on days.agent_id = agents.agent_id
