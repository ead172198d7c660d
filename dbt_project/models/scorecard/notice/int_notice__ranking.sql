{{ config(materialized='ephemeral') }}

-- One row per edition, date and team: how its ratings stand, for the team's own channel.
with

ranks as (

    select * from {{ ref('fct_bulletin_rank') }}

),

teams as (

    select
        team_id,
        {{ told_name('team_name') }} as team_name
    from {{ ref('dim_team') }}

),

agents as (

    select
        agent_id,
        {{ told_name('agent_name') }} as agent_name
    from {{ ref('dim_agent') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}

),

actions as (

    select * from {{ ref('int_notice__action') }}
    where side = 'below'

),

notices as (

    select names_in_groups from {{ ref('stg_notice_setting') }}

),

-- Only those in their band are named: a list of praise, and nobody is shown up before colleagues.
people as (

    select
        ranks.edition,
        ranks.local_date,
        ranks.scope_id as team_id,
        count(*) as judged,
        count(*) filter (ranks.is_in_band) as in_band,
        string_agg(
            ranks.place
            || '. '
            || agents.agent_name
            || ' '
            || {{ told_value('ranks.value', "'share'", '1', 'en') }}
            || ' (n '
            || ranks.ratings
            || ')',
            chr(10)
            order by ranks.place, ranks.agent_id
        ) filter (ranks.is_in_band) as named
    from ranks
    inner join agents on ranks.agent_id = agents.agent_id
    where
        ranks.scope_kind = 'team'
        and ranks.place is not null
    group by ranks.edition, ranks.local_date, ranks.scope_id

),

told as (

    select
        ranks.*,
        teams.team_name,
        kpis.name_en,
        kpis.name_zh,
        coalesce(people.judged, 0) as judged,
        coalesce(people.in_band, 0) as in_band,
        if(notices.names_in_groups, people.named, null) as named,
        if(ranks.is_in_band, null, actions.action_en) as action_en,
        if(ranks.is_in_band, null, actions.action_zh) as action_zh,
        ranks.good_ratings || ' / ' || ranks.ratings as cases,
        {{ told_value('ranks.value', 'kpis.unit', 'kpis.decimals', 'en') }} as value_en,
        {{ told_value('ranks.value', 'kpis.unit', 'kpis.decimals', 'zh') }} as value_zh,
        {{ told_band('ranks.lower_bound', 'ranks.upper_bound', 'kpis.unit', 'kpis.decimals', 'en') }} as band_en,
        {{ told_band('ranks.lower_bound', 'ranks.upper_bound', 'kpis.unit', 'kpis.decimals', 'zh') }} as band_zh
    from ranks
    cross join notices
    inner join teams on ranks.scope_id = teams.team_id
    inner join kpis on ranks.kpi_id = kpis.kpi_id
    left join actions on ranks.kpi_id = actions.kpi_id
    left join people
        on
            ranks.edition = people.edition
            and ranks.local_date = people.local_date
            and ranks.scope_id = people.team_id
    where
        ranks.scope_kind = 'team'
        and ranks.agent_id is null
        and ranks.is_in_band is not null

)

select
    edition || '_ranking' as notice_kind,
    'team' as recipient_kind,
    scope_id as recipient_id,
    scope_id as subject_id,
    cast(null as varchar) as agent_id,
    local_date as period_start,
    known_at as due_at,
    concat_ws('|', cases, value_en, band_en, judged, in_band, named) as told_values,
    name_en || ', ' || team_name || ', ' || {{ told_date('local_date', 'en') }} as title_en,
    name_zh || '，' || team_name || '，' || {{ told_date('local_date', 'zh') }} as title_zh,
    concat_ws(
        chr(10),
        'People in the band: ' || in_band || ' of ' || judged || ' with enough ratings.',
        named,
        name_en || ' of ' || team_name || ': ' || value_en || ' (' || cases || '), band ' || band_en || '.',
        'To do: ' || action_en
    ) as text_en,
    concat_ws(
        chr(10),
        '评价数足够的 ' || judged || ' 人中，' || in_band || ' 人达标。',
        named,
        team_name || name_zh || '：' || value_zh || '（' || cases || '），目标区间 ' || band_zh || '。',
        '改进措施：' || action_zh
    ) as text_zh,
    '/bulletin/?date=' || local_date || '&edition=' || edition as link,
    named is not null as names_people
from told
