-- One row per local date: how many pieces of time agents have on it, and a digest of them.
-- (DuckDB's own hash of a text is the same for some texts that are much alike, hardly for their reverse too.)
with

pieces as (

    select * from {{ ref('int_state__piece') }}

)

select
    agent_date,
    count(*)::bigint as row_count,
    sum(hash(pieces, reverse(agent_id)))::varchar as digest  -- noqa: RF02
from pieces
group by agent_date
