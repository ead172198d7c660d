-- Points of ranks are the sums of the ledger; a reversal takes off what its entry brought, on the same date, and every
-- entry of a record has one that is there.
with

entries as (

    select * from {{ ref('fct_points_entry') }}

),

events as (

    select * from {{ ref('fct_points_event') }}

),

ranks as (

    select * from {{ ref('fct_points_rank') }}

),

standings as (

    select * from {{ ref('fct_contest_standing') }}

),

penalties as (

    select * from {{ ref('int_assessment__penalised') }}

),

sums as (

    select
        agent_id,
        window_kind,
        window_start,
        sum(points) as points,
        count(*) as entries
    from entries
    group by agent_id, window_kind, window_start

),

wrong_ranks as (

    select
        'points of a rank' as problem,
        concat_ws('/', ranks.peer_kind, ranks.peer_id, ranks.window_start, ranks.agent_id) as place
    from ranks
    left join sums
        on
            ranks.agent_id = sums.agent_id
            and ranks.window_kind = sums.window_kind
            and ranks.window_start = sums.window_start
    where
        ranks.points != coalesce(sums.points, 0)
        or ranks.entries != coalesce(sums.entries, 0)

),

wrong_places as (

    select
        'place' as problem,
        concat_ws('/', ranks.peer_kind, ranks.peer_id, ranks.window_start, ranks.agent_id) as place
    from ranks
    left join ranks as better
        on
            ranks.peer_kind = better.peer_kind
            and ranks.peer_id = better.peer_id
            and ranks.window_kind = better.window_kind
            and ranks.window_start = better.window_start
            and ranks.points < better.points
    group by ranks.peer_kind, ranks.peer_id, ranks.window_start, ranks.agent_id, ranks.place
    having ranks.place != count(better.agent_id) + 1

),

wrong_reversals as (

    select
        'reversal' as problem,
        reversals.entry_id as place
    from entries as reversals
    left join entries as reversed
        on
            reversals.record_kind = reversed.record_kind
            and reversals.record_id = reversed.record_id
            and reversals.agent_id = reversed.agent_id
            and reversals.entry_date = reversed.entry_date
            and reversals.points = -reversed.points
            and reversed.entry_kind = 'entry'
    where
        reversals.entry_kind = 'reversal'
        and reversed.entry_id is null

),

without_record as (

    select
        'record' as problem,
        entries.entry_id as place
    from entries
    left join events
        on
            entries.record_kind = events.record_kind
            and entries.record_id = events.record_id
            and entries.agent_id = events.agent_id
    left join standings
        on
            entries.record_kind = 'contest'
            and entries.record_id = standings.contest_id || '/' || standings.scope_id
            and standings.is_winner
    left join penalties
        on
            entries.record_kind = 'penalty'
            and entries.record_id = penalties.record_id
            and entries.rule = penalties.rule
            and entries.agent_id = penalties.agent_id
    where
        events.record_id is null
        and standings.contest_id is null
        and penalties.record_id is null

)

select * from wrong_ranks
union all
select * from wrong_places
union all
select * from wrong_reversals
union all
select * from without_record
