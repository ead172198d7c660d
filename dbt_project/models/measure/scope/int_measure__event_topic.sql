{{ config(materialized='view') }}

-- One row per source and topic that nobody declares, since its events show it: whether they tell waits, abandons, and
-- contacts that nobody answered. Events of connections alone tell none of these, and 0 s, 0 % and 100 % would only be
-- that silence. A source without any event yet is taken at its word that it records routing.
with

sources as (

    select * from {{ ref('int_contact__source') }}
    where is_routing_recorded

),

told as (

    select
        source_id,
        bool_or(is_wait_told) as is_wait_told,
        bool_or(is_abandon_told) as is_abandon_told,
        bool_or(is_unanswered_told) as is_unanswered_told
    from {{ ref('int_kept__told') }}
    group by source_id

),

-- An attempt without any connection is one that nobody answered, whatever else was written of it.
unconnected as (

    select distinct source_id
    from {{ ref('fct_contact') }}
    where connect_attempts > connects

),

listed as (

    select
        sources.source_id,
        unnest(['waits', 'abandons', 'unanswered']) as topic,
        unnest([
            coalesce(told.is_wait_told, true),
            coalesce(told.is_abandon_told, true),
            coalesce(told.is_unanswered_told, true) or unconnected.source_id is not null
        ]) as is_recorded
    from sources
    left join told on sources.source_id = told.source_id
    left join unconnected on sources.source_id = unconnected.source_id

)

select
    source_id,
    topic,
    is_recorded
from listed
