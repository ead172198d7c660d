{{ config(materialized='ephemeral') }}

with

stretches as (

    select * from {{ ref('int_state__stretch') }}

),

-- Nearly every stretch stands alone; those that overlap, directly or through others, form tangles.
tangled as (

    select
        *,
        sum(if(is_in_earlier, 0, 1)) over (
            partition by agent_id
            order by started_at, ended_at, state, source_id
        ) as tangle_number
    from stretches
    where is_overlapping

),

cuts as (

    select
        agent_id,
        tangle_number,
        started_at as cut_at
    from tangled
    union
    select
        agent_id,
        tangle_number,
        ended_at as cut_at
    from tangled

),

slices as (

    select
        agent_id,
        tangle_number,
        cut_at as starts_at,
        lead(cut_at) over (partition by agent_id, tangle_number order by cut_at) as ends_at
    from cuts

),

-- At any instant the state that began last holds; the one it interrupted holds again when it is over.
settled as (

    select
        slices.agent_id,
        tangled.state,
        slices.starts_at,
        slices.ends_at
    from slices
    inner join tangled
        on
            slices.agent_id = tangled.agent_id
            and slices.tangle_number = tangled.tangle_number
            and slices.starts_at >= tangled.started_at
            and slices.ends_at <= tangled.ended_at
    qualify
        row_number() over (
            partition by slices.agent_id, slices.starts_at
            order by
                tangled.started_at desc,
                list_position(['wrap_up', 'training', 'meal', 'away', 'busy', 'ready'], tangled.state) asc,
                tangled.ended_at asc,
                tangled.source_id asc
        ) = 1

)

select
    agent_id,
    state,
    started_at,
    ended_at
from stretches
where not is_overlapping
union all
select
    agent_id,
    state,
    starts_at as started_at,
    ends_at as ended_at
from settled
