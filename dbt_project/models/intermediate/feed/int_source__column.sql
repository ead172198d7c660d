-- One row per source, feed and column that some file of the source has, whatever stands in it; `*` for a feed of which
-- it is not known (files that were taken before columns were written down, records that came without a ledger).
with

files as (

    select * from {{ ref('stg_file_record') }}

),

sources as (

    select * from {{ ref('stg_source_setting') }}

),

told as (

    select
        source_id,
        unnest(map_entries(columns_by_feed)) as of_feed
    from files
    where cardinality(columns_by_feed) > 0

)

select distinct
    told.source_id,
    told.of_feed.key as feed,
    unnest(told.of_feed.value) as column_name
from told
union
select
    source_id,
    unnest(json_keys(rows_by_feed)) as feed,
    '*' as column_name
from files
where coalesce(cardinality(columns_by_feed), 0) = 0
union
select
    source_id,
    '*' as feed,
    '*' as column_name
from sources
where not exists (select 1 from files)
