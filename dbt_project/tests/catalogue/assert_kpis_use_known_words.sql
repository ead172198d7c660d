-- Every coded column of the catalogue holds only words that the mart knows, and none where it must not be empty.
-- `|` separates several words of one cell.
with

kpis as (

    select * from {{ ref('kpis') }}

),

-- Whatever the centre can set, set or not; what it can't leave out is never absent.
settings as (

    select string_agg(setting, '|' order by setting) as words
    from (
        select unnest(json_keys(to_json(centre))) as setting
        from {{ ref('stg_centre_setting') }} as centre  -- noqa: AL05
    ) as named

),

known_words as (

    select
        known.place,
        known.words,
        known.is_required
    from (
        values
        (
            'kpi_group',
            'workforce|access|efficiency|response|resolution|quality|rating|complaint|control|voice|people',
            true
        ),
        ('method', 'ratio|peak|distinct', true),
        ('scale_kind', 'constant|period_days', true),
        (
            'unit',
            'share|seconds|points|contacts|messages|reviews|stars|count|per_1000|money|erlang|hours|minutes',
            true
        ),
        ('direction', 'higher|lower|band|none', true),
        ('pleasant_side', 'low|high|none', true),
        ('control_stage', 'before|during|after', true),
        ('interval_kind', 'wilson|normal|none', true),
        ('scopes', 'agent|team|queue|channel|centre|team_channel', true),
        ('judged_periods', 'day|week|month|quarter|year|all|trailing_7|trailing_28|trailing_365', false),
        ('period_kinds', 'day|week|month|quarter|year|all|trailing_7|trailing_28|trailing_365', false),
        ('reference_kind', 'industry|standard|recommended|normal', false),
        (
            'requires_topics',
            'routing|waits|abandons|unanswered|transfers|messages|system_messages|agent_states|wrap_up|ratings|reviews'
            || '|staff|site_visits|customer_ids|recognitions|observations'
            || '|complaints|findings|appeals|plans|actions|tags|time_records'
            || '|monitoring|test_calls|ticket_audits|coaching|documents'
            || '|surveys|social|self_reports|meetings|skill_tests|staff_surveys|forecasts|shifts|escalation_context'
            || '|state_approvals|speech|exit_interviews|rewards',
            false
        ),
        (
            'percentile_fact',
            'duration|first_response|customer_first_response|response|wait|wait_all|abandon|abandon_all|wrap_up'
            || '|handle|answer_wait',
            false
        )
    ) as known (place, words, is_required)
    union all
    select
        'requires_settings' as place,
        settings.words,
        false as is_required
    from settings

),

cells as (

    unpivot kpis
    on
    kpi_group, method, scale_kind, unit, direction, pleasant_side, control_stage, interval_kind, scopes,
    judged_periods, period_kinds, reference_kind, requires_topics, requires_settings, percentile_fact
    into name place value cell

),

words as (

    select
        kpi_id,
        place,
        unnest(string_split(cell, '|')) as word
    from cells

),

unknown_words as (

    select
        words.kpi_id,
        format('{} "{}" is unknown; known are {}', words.place, words.word, known_words.words) as reason
    from words
    inner join known_words
        on words.place = known_words.place
    where not list_contains(string_split(known_words.words, '|'), words.word)

),

empty_cells as (

    select
        kpis.kpi_id,
        format('{} is empty; known are {}', known_words.place, known_words.words) as reason
    from kpis
    cross join known_words
    anti join cells
        on
            kpis.kpi_id = cells.kpi_id
            and known_words.place = cells.place
    where known_words.is_required

),

problems as (

    select * from unknown_words
    union all
    select * from empty_cells

),

listed as (

    select
        count(*) as problem_count,
        string_agg(format('kpis.csv, {}: {}', kpi_id, reason), '; ' order by kpi_id, reason) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
