-- Every coded column of the catalogue holds only words that the mart knows. `|` separates several words of one cell.
with

kpis as (

    select * from {{ ref('kpis') }}

),

known_words as (

    select
        known.place,
        known.words
    from (
        values
        ('kpi_group', 'workforce|access|efficiency|response|resolution|quality|rating'),
        ('method', 'ratio|peak|distinct'),
        ('scale_kind', 'constant|period_days'),
        ('unit', 'share|seconds|points|contacts|messages|reviews|stars|count|per_1000|money|erlang'),
        ('direction', 'higher|lower|band|none'),
        ('pleasant_side', 'low|high|none'),
        ('control_stage', 'before|during|after'),
        ('interval_kind', 'wilson|normal|none'),
        ('scopes', 'agent|team|queue|channel|centre|team_channel'),
        ('judged_periods', 'day|week|month|quarter|year|all|trailing_7|trailing_28|trailing_365'),
        ('reference_kind', 'industry|standard|recommended|normal'),
        (
            'requires_topics',
            'routing|transfers|messages|system_messages|agent_states|wrap_up|ratings|reviews|staff|site_visits'
            || '|customer_ids|recognitions|observations'
        ),
        (
            'percentile_fact',
            'duration|first_response|customer_first_response|response|wait|wait_all|abandon|abandon_all|wrap_up'
            || '|handle|answer_wait'
        )
    ) as known (place, words)

),

cells as (

    unpivot kpis
    on
    kpi_group, method, scale_kind, unit, direction, pleasant_side, control_stage, interval_kind, scopes,
    judged_periods, reference_kind, requires_topics, percentile_fact
    into name place value cell

),

words as (

    select
        kpi_id,
        place,
        unnest(string_split(cell, '|')) as word
    from cells

),

problems as (

    select
        words.kpi_id as subject,
        format('{} "{}" is unknown; known are {}', words.place, words.word, known_words.words) as reason
    from words
    inner join known_words
        on words.place = known_words.place
    where not list_contains(string_split(known_words.words, '|'), words.word)

),

listed as (

    select
        count(*) as problem_count,
        string_agg(format('kpis.csv, {}: {}', subject, reason), '; ' order by subject, reason) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
