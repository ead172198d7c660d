{%- set sliced = feeds() | selectattr('is_sliced') | list %}

with

-- Accepted rows are counted at the source and kept rows in staging: the two sides of the equation meet in the test.
counted as (

    {% for feed in sliced -%}
        select
            '{{ feed.name }}' as feed,
            {{ utc_date(feed.time) }} as event_date,
            source_id,
            landing_day,
            file_name,
            file_hash,
            count(*) as accepted_rows,
            0 as kept_rows,
            null as first_at,
            null as last_at
        from {{ source('raw', feed.name) }}
        group by all
        union all
        select
            '{{ feed.name }}' as feed,
            {{ utc_date(feed.time) }} as event_date,
            source_id,
            landing_day,
            file_name,
            file_hash,
            0 as accepted_rows,
            count(*) as kept_rows,
            min({{ feed.time }}) as first_at,
            greatest(
                {% for instant in feed.dates -%}
                    max({{ instant }}){{ ',' if not loop.last }}
                {% endfor %}
            ) as last_at
        from {{ ref('stg_' ~ feed.name) }}
        group by all
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

files as (

    select
        feed,
        event_date,
        source_id,
        landing_day,
        file_name,
        file_hash,
        cast(sum(accepted_rows) as bigint) as accepted_rows,
        cast(sum(kept_rows) as bigint) as kept_rows,
        min(first_at) as first_at,
        max(last_at) as last_at
    from counted
    group by all

),

set_aside as (

    select
        feed,
        event_date,
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
    files.event_date,
    files.source_id,
    files.landing_day,
    files.file_name,
    files.file_hash,
    files.accepted_rows,
    files.kept_rows,
    coalesce(set_aside.duplicate_rows, 0) as duplicate_rows,
    coalesce(set_aside.superseded_rows, 0) as superseded_rows,
    files.first_at,
    files.last_at
from files
left join set_aside
    on
        files.feed = set_aside.feed
        and files.event_date = set_aside.event_date
        and files.source_id = set_aside.source_id
        and files.landing_day = set_aside.landing_day
        and files.file_name = set_aside.file_name
        and files.file_hash = set_aside.file_hash
