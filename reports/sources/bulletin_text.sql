-- The editions of the last two dates as text, to be posted in a group, and as lines of a CSV file. A group is told names only
-- where the centre says so; the file is for whoever may see the page.
with rank as (
    select
        rank.*,
        rank.scope_kind || '/' || rank.scope_id as scope_key,
        coalesce(scope.scope_name, rank.scope_id) as scope_name,
        coalesce(agent.scope_name, rank.agent_id) as agent_name,
        kpi.name_en,
        kpi.name_zh,
        format('{:.1f}', round(100 * rank.value, 1)) as percent,
        format('{:.1f}', round(100 * rank.lower_bound::double, 1)) as bound_percent,
        -- A cell that a spreadsheet would take for a formula gets an apostrophe in front.
        '"' || replace(
            if(regexp_matches(agent.scope_name, '^\s*[=+\-@＝＋－＠]'), '''', '') || coalesce(agent.scope_name, ''), '"', '""'
        ) || '"' as name_cell,
        '"' || replace(if(regexp_matches(rank.agent_id, '^\s*[=+\-@＝＋－＠]'), '''', '') || rank.agent_id, '"', '""') || '"' as id_cell
    from scorecard.fct_bulletin_rank as rank
    left join scorecard.dim_scope as scope on rank.scope_kind = scope.scope_kind and rank.scope_id = scope.scope_id
    left join scorecard.dim_scope as agent on agent.scope_kind = 'agent' and rank.agent_id = agent.scope_id
    left join scorecard.dim_kpi as kpi on rank.kpi_id = kpi.kpi_id
    where rank.local_date > (select max(local_date) from scorecard.fct_bulletin_rank) - 2
),

signal as (
    select
        local_date,
        string_agg(if(topic = '*', 'all contacts', topic) || ' (' || contacts || ', ' || round(expected, 1) || ' expected)', '; ' order by excess desc) as told_en,
        string_agg(if(topic = '*', '全部联络', topic) || '（' || contacts || '，预期 ' || round(expected, 1) || '）', '；' order by excess desc) as told_zh
    from scorecard.fct_topic_signal
    group by local_date
),

line as (
    select
        *,
        case
            when agent_id is null then concat_ws('', name_en, ': ', percent, ' % (', good_ratings, ' / ', ratings, ')', ', band ≥ ' || bound_percent || ' %', if(reason is null, '', ', too few to judge'))
            when place is not null and $names_in_groups::boolean then concat_ws('', place, '. ', agent_name, ' ', percent, ' % (', good_ratings, ' / ', ratings, ')')
            when place is not null then concat_ws('', place, '. ', percent, ' % (', good_ratings, ' / ', ratings, ')')
        end as line_en,
        case
            when agent_id is null then concat_ws('', name_zh, '：', percent, '%（', good_ratings, ' / ', ratings, '）', '，目标 ≥ ' || bound_percent || '%', if(reason is null, '', '，样本不足'))
            when place is not null and $names_in_groups::boolean then concat_ws('', place, '. ', agent_name, ' ', percent, '%（', good_ratings, ' / ', ratings, '）')
            when place is not null then concat_ws('', place, '. ', percent, '%（', good_ratings, ' / ', ratings, '）')
        end as line_zh,
        concat_ws(',', coalesce(place::varchar, ''), coalesce(id_cell, ''), if(agent_id is null, '', name_cell), good_ratings, ratings, coalesce(value::varchar, ''), coalesce(lower_bound::varchar, ''), coalesce(upper_bound::varchar, ''), coalesce(reason, '')) as line_csv
    from rank
),

edition as (
    select
        local_date, edition, scope_kind, scope_id, scope_key, any_value(scope_name) as scope_name,
        string_agg(line_en, chr(10) order by agent_id is not null, place, agent_id) as lines_en,
        string_agg(line_zh, chr(10) order by agent_id is not null, place, agent_id) as lines_zh,
        string_agg(line_csv, chr(13) || chr(10) order by agent_id is not null, place, agent_id) as lines_csv
    from line
    group by local_date, edition, scope_kind, scope_id, scope_key
)

select
    edition.local_date,
    edition.edition,
    edition.scope_kind,
    edition.scope_id,
    concat_ws(
        chr(10),
        edition.scope_name || ', ' || strftime(edition.local_date, '%-d %b %Y') || if(edition.edition = 'noon', ', noon', ', end of day'),
        edition.lines_en,
        'More contacts than usual: ' || signal.told_en
    ) || chr(10) as text_en,
    concat_ws(
        chr(10),
        edition.scope_name || '，' || edition.local_date || if(edition.edition = 'noon', '，午间', '，日终'),
        edition.lines_zh,
        '联络异常增多：' || signal.told_zh
    ) || chr(10) as text_zh,
    'place,agent_id,agent_name,good_ratings,ratings,value,lower_bound,upper_bound,reason' || chr(13) || chr(10)
    || edition.lines_csv || chr(13) || chr(10) as csv
from edition
left join signal on edition.local_date = signal.local_date
order by edition.local_date, edition.edition, edition.scope_kind, edition.scope_id
