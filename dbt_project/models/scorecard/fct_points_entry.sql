-- The ledger of points: every entry names its record, its rule and the version of the policy that says what that is
-- worth. What was taken back stays, and a second entry on the same date takes it off again.
with

versions as (

    {{ policy_stretches('points') }}

),

policies as (

    select * from {{ ref('stg_policy_points') }}

),

rules as (

    select * from {{ ref('stg_policy_point_rules') }}
    where points is not null

),

events as (

    select * from {{ ref('fct_points_event') }}

),

standings as (

    select * from {{ ref('fct_contest_standing') }}
    where
        scope_kind = 'agent'
        and is_winner
        and is_over

),

penalties as (

    select * from {{ ref('int_assessment__penalised') }}

),

agent_days as (

    select
        agent_id,
        agent_date,
        home_team_id
    from {{ ref('dim_agent_day') }}

),

occasions as (

    select * exclude (points_event_id) from events
    union all by name
    select
        'contest' as record_kind,
        contest_id || '/' || scope_id as record_id,
        scope_id as agent_id,
        to_on as event_date,
        'contest_' || place as rule  -- noqa: RF04
    from standings
    union all by name
    select
        * exclude (record_date),
        'penalty' as record_kind,
        record_date as event_date
    from penalties

),

held as (

    select
        versions.version,
        versions.valid_from,
        versions.valid_to,
        policies.points_window,
        policies.likes_per_giver_month
    from versions
    inner join policies on versions.version = policies.version
    where versions.is_complete

),

worth as (

    select
        occasions.*,
        held.version,
        held.points_window,
        held.likes_per_giver_month,
        rules.points as points_of_rule,
        row_number() over (
            partition by
                occasions.rule,
                occasions.given_by,
                date_trunc('month', occasions.event_date),
                occasions.worthless_because is null
            order by occasions.happened_at, occasions.record_id
        ) as like_number
    from occasions
    inner join held
        on
            occasions.event_date >= held.valid_from
            and occasions.event_date < held.valid_to
    inner join rules
        on
            held.version = rules.version
            and occasions.rule = rules.rule

),

stated as (

    select
        *,
        case
            when worthless_because is not null then worthless_because
            when rule = 'peer_like' and like_number > likes_per_giver_month then 'over_limit'
        end as note
    from worth

),

entries as (

    select
        *,
        'entry' as entry_kind,
        if(note is null, points_of_rule, 0) as points
    from stated
    union all by name
    select
        * exclude (note),  -- noqa: AM04
        'reversal' as entry_kind,
        -points_of_rule as points,
        reversed_because as note
    from stated
    where
        note is null
        and reversed_because is not null

)

select
    concat_ws(
        '/',
        entries.record_kind,
        entries.record_id,
        -- A complaint that was decided anew has cost one person points, and costs another.
        if(entries.record_kind = 'penalty', entries.agent_id, null),
        entries.rule,
        entries.entry_kind
    ) as entry_id,
    entries.agent_id,
    entries.event_date as entry_date,
    agent_days.home_team_id,
    entries.entry_kind,
    entries.rule,
    cast(entries.points as decimal(18, 6)) as points,
    entries.note,
    entries.record_kind,
    entries.record_id,
    entries.given_by,
    entries.contact_key,
    entries.contact_date,
    entries.source_id,
    entries.landing_day,
    entries.file_name,
    entries.record_number,
    entries.line_number,
    entries.points_window as window_kind,
    cast(date_trunc(entries.points_window, entries.event_date) as date) as window_start,
    entries.version as policy_version
from entries
left join agent_days
    on
        entries.agent_id = agent_days.agent_id
        and entries.event_date = agent_days.agent_date
order by entries.agent_id, entries.event_date, entry_id
