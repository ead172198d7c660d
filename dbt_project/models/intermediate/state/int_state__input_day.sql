-- One row per local date: how many stretches of time agents have on it, and a digest of them. Those of contacts were
-- counted when the date of the contact was made; where one reaches past what the data cover it is cut there, so that
-- the date is another one as they reach on.
-- (DuckDB's own hash of a text is the same for some texts that are much alike, hardly for their reverse too.)
with

state_pieces as (

    select * from {{ ref('int_state__state_piece') }}

),

leg_dates as (

    select * from {{ ref('int_kept__leg_date') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

covered_leg_dates as (

    select
        leg_dates.agent_date,
        leg_dates.contact_date,
        leg_dates.row_count,
        leg_dates.digest,
        least(leg_dates.reaches_to, as_of.as_of) as reached_at
    from leg_dates
    semi join dates on leg_dates.agent_date = dates.agent_date
    cross join as_of

),

digests as (

    select
        agent_date,
        count(*) as row_count,
        sum(hash(state_pieces, reverse(agent_id))) as digest  -- noqa: RF02
    from state_pieces
    group by agent_date
    union all
    select
        agent_date,
        sum(row_count) as row_count,
        sum(hash(covered_leg_dates, reverse(digest))) as digest  -- noqa: RF02
    from covered_leg_dates
    group by agent_date

)

select
    agent_date,
    sum(row_count)::bigint as row_count,
    sum(digest)::varchar as digest
from digests
group by agent_date
