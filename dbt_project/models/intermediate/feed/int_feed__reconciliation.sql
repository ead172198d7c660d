{%- set whole = feeds() | rejectattr('is_sliced') | list %}
with

of_contacts as (

    select
        feed,
        source_id,
        landing_day,
        file_name,
        file_hash,
        cast(sum(accepted_rows) as bigint) as accepted_rows,
        cast(sum(kept_rows) as bigint) as kept_rows,
        cast(sum(duplicate_rows) as bigint) as duplicate_rows,
        cast(sum(superseded_rows) as bigint) as superseded_rows
    from {{ ref('int_kept__row_count') }}
    group by feed, source_id, landing_day, file_name, file_hash

),

-- Accepted rows are counted at the source and kept rows in staging: the two sides of the equation meet in the test.
counted as (

    {% for feed in whole -%}
        select
            '{{ feed.name }}' as feed,
            source_id,
            landing_day,
            file_name,
            file_hash,
            count(*) as accepted_rows,
            0 as kept_rows
        from {{ source('raw', feed.name) }}
        group by all
        union all
        select
            '{{ feed.name }}' as feed,
            source_id,
            landing_day,
            file_name,
            file_hash,
            0 as accepted_rows,
            count(*) as kept_rows
        from {{ ref('stg_' ~ feed.name) }}
        group by all
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

files as (

    select
        feed,
        source_id,
        landing_day,
        file_name,
        file_hash,
        sum(accepted_rows) as accepted_rows,
        sum(kept_rows) as kept_rows
    from counted
    group by all

),

set_aside as (

    select
        feed,
        source_id,
        landing_day,
        file_name,
        file_hash,
        count(*) filter (where fate = 'duplicate') as duplicate_rows,
        count(*) filter (where fate = 'superseded') as superseded_rows
    from {{ ref('stg_set_aside') }}
    group by all

)

select
    files.feed,
    files.source_id,
    files.landing_day,
    files.file_name,
    files.file_hash,
    cast(files.accepted_rows as bigint) as accepted_rows,
    cast(files.kept_rows as bigint) as kept_rows,
    coalesce(set_aside.duplicate_rows, 0) as duplicate_rows,
    coalesce(set_aside.superseded_rows, 0) as superseded_rows
from files
left join set_aside
    on
        files.feed = set_aside.feed
        and files.source_id = set_aside.source_id
        and files.landing_day = set_aside.landing_day
        and files.file_name = set_aside.file_name
        and files.file_hash = set_aside.file_hash
union all
select * from of_contacts
